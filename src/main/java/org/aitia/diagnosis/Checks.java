package org.aitia.diagnosis;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.limit.Failure;
import org.aitia.run.Report;

/** Which checks were made, by the evidence there is and the answers that were given. */
final class Checks {
  private final Knowledge knowledge;
  private final Language language;
  private final Set<String> evidence;
  private final Phrases phrases;
  private final Map<String, Failure> overlooked;

  private final Set<String> answered;

  /**
   * For one diagnosis.
   *
   * @param evidence kinds of evidence that the run holds
   * @param failures parts of the program that failed on the way
   */
  Checks(
      Knowledge knowledge,
      Language language,
      Report report,
      Set<String> evidence,
      Phrases phrases,
      List<Failure> failures) {
    this.knowledge = knowledge;
    this.language = language;
    this.answered = Question.answered(report.answers());
    this.evidence = evidence;
    this.phrases = phrases;
    this.overlooked = Overlooked.by(failures);
  }

  List<Diagnosis.NotChecked> notMade() {
    List<Diagnosis.NotChecked> found = new ArrayList<>();
    for (Check check : knowledge.checks().values()) {
      List<String> lacks = lacks(check);
      if (!lacks.isEmpty()) {
        found.add(
            new Diagnosis.NotChecked(
                check.id(),
                check.text().in(language),
                String.join(
                    knowledge.term("comma", language),
                    lacks.stream().map(this::wanting).distinct().toList()),
                overlooked.keySet().containsAll(lacks)
                    ? knowledge.term("failed-how", language)
                    : check.how().in(language)));
      }
    }
    return found;
  }

  /** What a check lacks: evidence, or the part of the program that should have looked at it. */
  private String wanting(String kind) {
    Failure failure = overlooked.get(kind);
    return failure == null
        ? knowledge.term("evidence-" + kind, language)
        : MessageFormat.format(
            knowledge.term("failed-because", language), phrases.what(failure), failure.why());
  }

  /** What a check lacks: kinds of evidence; none when it was made. */
  List<String> lacks(Check check) {
    return check.lacks(evidence, answered);
  }
}
