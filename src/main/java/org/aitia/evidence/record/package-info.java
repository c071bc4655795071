/** Run records and symptom reports, the project's own formats. */
package org.aitia.evidence.record;
