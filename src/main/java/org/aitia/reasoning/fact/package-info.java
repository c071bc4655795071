/**
 * What rules may match and assert.
 *
 * <p>Many files: one for each kind of fact.
 */
package org.aitia.reasoning.fact;
