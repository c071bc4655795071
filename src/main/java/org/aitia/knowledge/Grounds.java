package org.aitia.knowledge;

import java.util.List;
import java.util.Set;

/**
 * What a run gives its checks to go by.
 *
 * @param evidence kinds of evidence that it holds
 * @param answered questions with an answer that says something
 * @param traits of what kind it is
 * @param settings ids of the settings that are known
 */
public record Grounds(
    Set<String> evidence, Set<String> answered, Set<String> traits, Set<String> settings) {
  private static final String CONFIG = "config";

  /** Whether the run has what the check looks at, as far as is known or was said. */
  public boolean cover(Check check) {
    return traits.containsAll(check.only()) || isAnswered(check);
  }

  /** The kinds of evidence that a check lacks; none when it can be made. */
  public List<String> lackedBy(Check check) {
    boolean otherwise = !check.instead().isEmpty() && evidence.containsAll(check.instead());
    if (otherwise || isAnswered(check)) {
      return List.of();
    }
    return check.needs().stream().filter(n -> isLacking(n, check)).toList();
  }

  private boolean isAnswered(Check check) {
    return check.questions().stream().anyMatch(answered::contains);
  }

  private boolean isLacking(String kind, Check check) {
    return kind.equals(Provision.ANSWERS)
        || !evidence.contains(kind)
        || kind.equals(CONFIG) && isUntold(check);
  }

  /** Whether there is a configuration, and it tells none of what a check looks at. */
  public boolean isUntold(Check check) {
    return evidence.contains(CONFIG)
        && !check.settings().isEmpty()
        && check.settings().stream().noneMatch(settings::contains);
  }
}
