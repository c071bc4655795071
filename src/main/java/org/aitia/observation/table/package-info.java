/** The raw tables that the data are made from. */
package org.aitia.observation.table;
