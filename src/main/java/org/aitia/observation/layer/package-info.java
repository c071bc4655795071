/** What goes through the layers while the model trains. */
package org.aitia.observation.layer;
