package org.aitia.report;

import org.aitia.diagnosis.Diagnosis;

/** Writes a diagnosis in one format, in the diagnosis' own language. Safe for concurrent use. */
@FunctionalInterface
public interface Renderer {
  /** The whole diagnosis, ending with a line break. */
  String render(Diagnosis diagnosis);
}
