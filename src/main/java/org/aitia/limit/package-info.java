/** What work may spend, and what becomes of a part that fails; depends on nothing. */
package org.aitia.limit;
