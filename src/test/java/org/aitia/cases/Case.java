package org.aitia.cases;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Verdict;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Report;

/**
 * Facts of a run, and what has to be concluded of them about one cause.
 *
 * @param place file and line
 * @param cause the cause that it is about: the name of its file
 * @param near whether it is a case with one fact changed
 * @param doubt why the rules may be wrong where they conclude something else: then it is told and
 *     fails nothing; null for most
 */
public record Case(
    String place,
    String cause,
    String name,
    boolean near,
    List<Observation> given,
    Report report,
    Expectation expectation,
    String doubt) {
  /** What a cause needs a case for. */
  public enum Kind {
    LIKELY,
    NEAR_MISS,
    SIBLING,
    HEALTHY
  }

  /** What this case shows of its cause. */
  public Set<Kind> kinds() {
    return java.util.Arrays.stream(Kind.values()).filter(this::shows).collect(Collectors.toSet());
  }

  private boolean shows(Kind kind) {
    return switch (kind) {
      case LIKELY -> cause.equals(expectation.first()) || expectation.speaksFor();
      case NEAR_MISS -> near && !cause.equals(expectation.first()) && expectation.saysLittle();
      case SIBLING -> expectation.first() != null && !cause.equals(expectation.first());
      case HEALTHY -> expectation.verdict() == Verdict.HEALTHY;
    };
  }

  /** The measures that were given, by id. */
  public Set<String> measures() {
    return given.stream().map(o -> o.measure().id()).collect(Collectors.toSet());
  }
}
