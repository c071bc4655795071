package org.aitia.evidence.settings;

import java.util.List;

/**
 * What is wrong with the fields of a document, each with its path.
 *
 * @param strict whether a field is wrong that holds no number where one is expected; else it counts
 *     as absent
 */
public record FieldProblems(boolean strict, List<String> found) {
  public void add(String problem) {
    found.add(problem);
  }
}
