/** Reads the knowledge base and holds its entries against each other. */
package org.aitia.knowledge.read;
