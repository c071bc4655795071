package org.aitia.reasoning.fact;

import java.util.List;
import org.aitia.knowledge.Grounds;
import org.aitia.knowledge.Knowledge;

/**
 * Whether a check was made.
 *
 * @param step the step of the decision tree that it belongs to
 * @param byFiles whether files alone can tell
 * @param made whether the evidence for it is there
 */
public record Looked(String check, String step, boolean byFiles, boolean made) {
  /**
   * What became of every check that is not pointless.
   *
   * @param grounds what the run gives them to go by
   */
  public static List<Looked> at(Knowledge knowledge, Grounds grounds) {
    return knowledge.checks().values().stream()
        .filter(grounds::cover)
        .map(c -> new Looked(c.id(), c.step(), c.byFiles(), grounds.lackedBy(c).isEmpty()))
        .toList();
  }

  /** 1 when it was made, 0 when not: the mean over checks is their share. */
  public double done() {
    return made ? 1 : 0;
  }
}
