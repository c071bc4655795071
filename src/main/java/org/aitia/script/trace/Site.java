package org.aitia.script.trace;

import java.util.List;
import org.aitia.observation.measure.Confidence;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;

/**
 * A place in the course of the script.
 *
 * @param loops the loops around it, across calls
 * @param branches tests it depends on since the innermost loop began; null for one not known by
 *     name
 * @param gradient whether gradients are recorded there
 * @param scope title of the function around it
 * @param guessed whether arguments of a function on the way had to be made up
 */
public record Site(
    Script script,
    int line,
    Nest loops,
    List<Statement.If> branches,
    boolean gradient,
    String scope,
    boolean guessed) {
  /** Whether the script gets here for sure, at least at every n-th round. */
  public boolean isCertain() {
    return !guessed && branches.stream().allMatch(b -> b != null && Remainder.in(b));
  }

  /** How sure it is that the script does here what it was seen to do. */
  Confidence confidence() {
    return isCertain() ? Confidence.CERTAIN : Confidence.LIKELY;
  }

  public boolean inLoop() {
    return !loops.isEmpty();
  }

  public Statement.Loop innermost() {
    return loops.innermost();
  }

  /** Whether it lies in these loops, or deeper. */
  public boolean within(Nest outer) {
    return loops.within(outer);
  }
}
