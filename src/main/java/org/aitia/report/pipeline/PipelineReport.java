package org.aitia.report.pipeline;

/** One document about all runs of a call. */
public interface PipelineReport {
  /** Adds the next run. */
  void add(RunTold run);

  /** The whole document, ending with a line break; empty where there is nothing to tell. */
  String document();
}
