/** What rules may match and assert. */
package org.aitia.reasoning.fact;
