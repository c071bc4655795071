/** Saved models of PyTorch and Hugging Face, and ONNX. */
package org.aitia.evidence.model;
