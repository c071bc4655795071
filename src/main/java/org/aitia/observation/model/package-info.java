/** How the model is put together, and its saved weights. */
package org.aitia.observation.model;
