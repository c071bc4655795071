/** Renders diagnoses and pages of the knowledge base. Adds nothing to them. */
package org.aitia.report;
