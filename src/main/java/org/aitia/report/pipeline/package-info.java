/** A diagnosis for pipelines: the single things told of a run, as SARIF, annotations and JUnit. */
package org.aitia.report.pipeline;
