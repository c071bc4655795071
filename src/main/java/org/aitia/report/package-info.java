/**
 * Renders diagnoses and pages of the knowledge base: text, Markdown, JSON. Adds nothing to them.
 */
package org.aitia.report;
