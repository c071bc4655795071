/** Rules: compiled, checked against the knowledge base, and looked up. */
package org.aitia.reasoning.rule;
