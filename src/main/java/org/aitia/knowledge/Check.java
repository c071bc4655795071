package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * Something an expert looks at.
 *
 * @param needs kinds of evidence without which it cannot be done
 * @param instead kinds of evidence that all together do as well; empty when none do
 * @param questions questions whose answers can stand in for the evidence
 * @param how how to get the evidence when it is missing
 */
public record Check(
    String id,
    @JsonProperty(required = true) String step,
    List<String> causes,
    List<String> needs,
    List<String> instead,
    List<String> questions,
    @JsonProperty(required = true) Text text,
    @JsonProperty(required = true) Text how) {
  private static final String ANSWERS = "answers";

  public Check {
    causes = causes == null ? List.of() : List.copyOf(causes);
    needs = needs == null ? List.of() : List.copyOf(needs);
    instead = instead == null ? List.of() : List.copyOf(instead);
    questions = questions == null ? List.of() : List.copyOf(questions);
  }

  /** Whether files alone can tell. */
  public boolean byFiles() {
    return !needs.contains(ANSWERS);
  }

  /**
   * The kinds of evidence that it lacks; none when it can be made.
   *
   * @param evidence kinds that there are
   * @param answered questions with an answer that says something
   */
  public List<String> lacks(Set<String> evidence, Set<String> answered) {
    boolean otherwise = !instead.isEmpty() && evidence.containsAll(instead);
    if (otherwise || questions.stream().anyMatch(answered::contains)) {
      return List.of();
    }
    return needs.stream().filter(n -> n.equals(ANSWERS) || !evidence.contains(n)).toList();
  }
}
