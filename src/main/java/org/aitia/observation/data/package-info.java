/** What enters the model. */
package org.aitia.observation.data;
