/** What it is to observe: measures, observations and where they are noted. */
package org.aitia.observation.measure;
