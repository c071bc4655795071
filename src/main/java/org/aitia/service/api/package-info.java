/** The REST resources, and the forms in which they answer. */
package org.aitia.service.api;
