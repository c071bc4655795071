/** What rules may match and assert. */
package org.aitia.fact;
