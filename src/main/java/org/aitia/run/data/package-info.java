/** Raw rows and what entered the model, as far as they are kept. */
package org.aitia.run.data;
