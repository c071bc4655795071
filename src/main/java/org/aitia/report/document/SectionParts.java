package org.aitia.report.document;

import java.util.ArrayList;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Sections;

/** What is wanted of a run besides its faults, for documents: a heading and lines each. */
final class SectionParts {
  private SectionParts() {}

  /**
   * One section.
   *
   * @param heading its term
   * @param text what is told first; null where the lines say all
   */
  record Part(String heading, String text, List<String> lines) {}

  static List<Part> of(Diagnosis diagnosis) {
    Sections s = diagnosis.sections();
    List<Part> found = new ArrayList<>();
    if (s.crash() != null) {
      found.add(new Part("heading-crash", s.crash().text(), s.crash().repairs()));
    }
    if (s.checkpoint() != null) {
      found.add(new Part("heading-checkpoint", s.checkpoint().text(), List.of()));
    }
    if (s.speed() != null) {
      found.add(new Part("heading-speed", null, s.speed().texts()));
    }
    return found;
  }
}
