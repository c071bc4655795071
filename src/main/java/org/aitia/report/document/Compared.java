package org.aitia.report.document;

import java.util.List;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.terminal.ComparisonLines;

/** What became of what a previous run showed. */
final class Compared {
  private Compared() {}

  /**
   * Texts under one heading.
   *
   * @param id of the term behind {@code heading-}
   */
  public record Group(String id, List<String> texts) {}

  /** What was changed, then causes before symptoms by what became of them; none is empty. */
  static List<Group> groups(Diagnosis.Previous run) {
    Diagnosis.Outcome causes = run.causes();
    Diagnosis.Outcome symptoms = run.symptoms();
    return Stream.of(
            new Group("changes", run.changes().stream().map(Diagnosis.Change::text).toList()),
            group("fixed", causes.fixed(), symptoms.fixed()),
            group("remaining", causes.remaining(), symptoms.remaining()),
            group("new", causes.fresh(), symptoms.fresh()),
            group("unclear", causes.unclear(), symptoms.unclear()))
        .filter(g -> !g.texts().isEmpty())
        .toList();
  }

  private static Group group(
      String id, List<Diagnosis.Item> causes, List<Diagnosis.Item> symptoms) {
    return new Group(
        id, Stream.concat(causes.stream(), symptoms.stream()).map(Compared::said).toList());
  }

  private static String said(Diagnosis.Item item) {
    String moved = ComparisonLines.moved(item);
    return moved.isEmpty() ? item.text() : item.text() + " (" + moved + ")";
  }
}
