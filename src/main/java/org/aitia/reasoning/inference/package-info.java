/** Working memory, derivations and certainty. */
package org.aitia.reasoning.inference;
