/** Raw rows as CSV. */
package org.aitia.evidence.table;
