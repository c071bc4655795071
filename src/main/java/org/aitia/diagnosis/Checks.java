package org.aitia.diagnosis;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Grounds;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.limit.Failure;

/** Which checks were made, by the evidence there is and the answers that were given. */
final class Checks {
  private final Knowledge knowledge;
  private final Language language;
  private final Grounds grounds;
  private final Phrases phrases;
  private final Map<String, Failure> overlooked;

  /**
   * For one diagnosis.
   *
   * @param grounds what the run gives the checks to go by
   * @param failures parts of the program that failed on the way
   */
  Checks(
      Knowledge knowledge,
      Language language,
      Grounds grounds,
      Phrases phrases,
      List<Failure> failures) {
    this.knowledge = knowledge;
    this.language = language;
    this.grounds = grounds;
    this.phrases = phrases;
    this.overlooked = Overlooked.by(failures);
  }

  List<Diagnosis.NotChecked> notMade() {
    List<Diagnosis.NotChecked> found = new ArrayList<>();
    for (Check check : open()) {
      List<String> lacks = lacks(check);
      found.add(
          new Diagnosis.NotChecked(
              check.id(),
              check.text().in(language),
              String.join(
                  knowledge.term("comma", language),
                  lacks.stream().map(kind -> wanting(check, kind)).distinct().toList()),
              overlooked.keySet().containsAll(lacks)
                  ? knowledge.term("failed-how", language)
                  : check.how().in(language)));
    }
    return found;
  }

  /** What a check lacks: evidence, or the part of the program that should have looked at it. */
  private String wanting(Check check, String kind) {
    Failure failure = overlooked.get(kind);
    if (failure != null) {
      return MessageFormat.format(
          knowledge.term("failed-because", language), phrases.what(failure), failure.why());
    }
    return grounds.evidence().contains(kind)
        ? check.settings().stream()
            .map(id -> knowledge.term("setting-" + id, language))
            .collect(Collectors.joining(knowledge.term("comma", language)))
        : knowledge.term("evidence-" + kind, language);
  }

  /** The checks that were not made. */
  List<Check> open() {
    return knowledge.checks().values().stream()
        .filter(c -> grounds.cover(c) && !lacks(c).isEmpty())
        .toList();
  }

  /** Checks that are pointless for a run of this kind. */
  List<String> pointless() {
    return knowledge.checks().values().stream()
        .filter(c -> !grounds.cover(c))
        .map(Check::id)
        .toList();
  }

  /** What a check lacks: kinds of evidence; none when it was made. */
  List<String> lacks(Check check) {
    return grounds.lackedBy(check);
  }
}
