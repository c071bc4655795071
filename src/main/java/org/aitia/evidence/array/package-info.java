/** Arrays that numpy saved. */
package org.aitia.evidence.array;
