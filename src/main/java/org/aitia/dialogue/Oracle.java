package org.aitia.dialogue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;

/**
 * A simulated user who knows the true causes and answers truthfully where that decides the answer,
 * else "unknown".
 */
public final class Oracle {
  private static final Set<Level> CLEAR = Set.of(Level.DECISIVE, Level.STRONG);
  private final Set<String> causes;

  public Oracle(Set<String> causes) {
    this.causes = Set.copyOf(causes);
  }

  /** The answer, or {@code unknown}. */
  public String answer(Question question) {
    List<String> backed =
        question.answers().entrySet().stream()
            .filter(e -> e.getValue().supports().keySet().stream().anyMatch(causes::contains))
            .filter(e -> consistent(e.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!backed.isEmpty()) {
      return value(question, backed.get(0));
    }
    // Nothing true speaks for an answer: the one that is left when those are out that only a cause
    // could bring about.
    List<String> left =
        question.answers().entrySet().stream()
            .filter(e -> consistent(e.getValue()))
            .filter(e -> e.getValue().supports().values().stream().noneMatch(CLEAR::contains))
            .map(Map.Entry::getKey)
            .toList();
    return left.size() == 1 ? value(question, left.get(0)) : "unknown";
  }

  private boolean consistent(Question.Answer answer) {
    return answer.opposes().entrySet().stream()
        .noneMatch(e -> causes.contains(e.getKey()) && CLEAR.contains(e.getValue()));
  }

  private static String value(Question question, String key) {
    if (question.kind() != Question.Kind.NUMBER) {
      return key;
    }
    Double limit = question.answers().get(key).limit();
    return String.valueOf(key.equals("below") ? limit / 2 - 1e-9 : limit * 2 + 1e-9);
  }
}
