package org.aitia.observation.measure;

import java.util.List;
import org.aitia.run.Run;

/** Measures one subject of a run. Stateless; says nothing about what it could not measure. */
public interface Observer {
  /**
   * The subject's id, which files its symptoms in the knowledge base: {@code loss}, {@code layers},
   * {@code data} ...
   */
  String subject();

  /** Every measure this observer may note. */
  List<Measure> measures();

  /** Every limit this observer may ask the notes for. */
  default List<Limit> limits() {
    return List.of();
  }

  /** Notes what can be measured in the run. */
  void observe(Run run, Notebook notes);
}
