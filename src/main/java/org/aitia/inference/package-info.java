/** Working memory, derivations and certainty: the only package that knows the rule engine. */
package org.aitia.inference;
