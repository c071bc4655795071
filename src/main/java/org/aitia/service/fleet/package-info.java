/**
 * What many diagnoses tell together: what fails, what it costs, and the same fault in many runs.
 */
package org.aitia.service.fleet;
