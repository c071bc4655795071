/** The model, its layers over the run, and its saved weights. */
package org.aitia.run.model;
