/** Starts the service. */
package org.aitia.service.start;
