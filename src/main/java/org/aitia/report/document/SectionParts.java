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
   * @param id of the term behind {@code heading-}
   * @param text what is told first; null where the lines say all
   */
  public record Part(String id, String text, List<String> lines) {}

  static List<Part> of(Diagnosis diagnosis) {
    Sections s = diagnosis.sections();
    List<Part> found = new ArrayList<>();
    if (s.crash() != null) {
      found.add(new Part("crash", s.crash().text(), s.crash().repairs()));
    }
    if (s.checkpoint() != null) {
      found.add(new Part("checkpoint", s.checkpoint().text(), List.of()));
    }
    if (s.speed() != null) {
      found.add(new Part("speed", null, s.speed().texts()));
    }
    return found;
  }
}
