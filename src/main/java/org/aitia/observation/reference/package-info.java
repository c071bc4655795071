/** A run held against another one. */
package org.aitia.observation.reference;
