package org.aitia.reasoning.fact;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;

/**
 * Whether a check was made.
 *
 * @param step the step of the decision tree that it belongs to
 * @param byFiles whether files alone can tell
 * @param made whether the evidence for it is there
 */
public record Looked(String check, String step, boolean byFiles, boolean made) {
  /**
   * What became of every check.
   *
   * @param evidence kinds of evidence that there are
   * @param answers given so far, by question
   */
  public static List<Looked> at(
      Knowledge knowledge, Set<String> evidence, Map<String, String> answers) {
    Set<String> answered = Question.answered(answers);
    return knowledge.checks().values().stream()
        .map(c -> new Looked(c.id(), c.step(), c.byFiles(), c.lacks(evidence, answered).isEmpty()))
        .toList();
  }

  /** 1 when it was made, 0 when not: the mean over checks is their share. */
  public double done() {
    return made ? 1 : 0;
  }
}
