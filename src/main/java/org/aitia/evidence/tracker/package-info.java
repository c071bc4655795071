/** What trackers of experiments keep: TensorBoard, MindSpore, MLflow, Weights &amp; Biases. */
package org.aitia.evidence.tracker;
