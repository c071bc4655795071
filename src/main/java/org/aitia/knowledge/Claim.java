package org.aitia.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What speaks for or against a cause, and why: the one form of it, whether a rule, an answer, a
 * sign of the environment or a difference from a reference says it. It is written {@code for:
 * {CAUSE: LEVEL}} and {@code against: {CAUSE: LEVEL}} in the knowledge base, {@code @for(CAUSE:
 * LEVEL)} and {@code @against(CAUSE: LEVEL)} in rules.
 *
 * @param kind whether it matters only where harm is done
 * @param sees what it looks at: of claims about one cause that see the same thing only the heaviest
 *     counts
 * @param rule name of the rule that makes it; null while it is only written down
 * @param because the facts that it rests on; empty while it is only written down
 */
public record Claim(
    String cause,
    Stance stance,
    Level level,
    Kind kind,
    String sees,
    String rule,
    List<Object> because) {
  /** What stands for the cause of a run with which nothing is wrong. */
  public static final String HEALTHY = "healthy";

  public Claim {
    because = List.copyOf(because);
  }

  /** A claim that nobody has made yet; it is one about a magnitude. */
  public static Claim of(String cause, Stance stance, Level level, String sees) {
    return new Claim(cause, stance, level, Kind.MAGNITUDE, sees, null, List.of());
  }

  /**
   * The claims that an entry of the knowledge base writes down.
   *
   * @param supports levels by the causes that it speaks for
   * @param opposes levels by the causes that it speaks against
   */
  public static List<Claim> of(
      Map<String, Level> supports, Map<String, Level> opposes, String sees) {
    List<Claim> claims = new ArrayList<>();
    supports.forEach((cause, level) -> claims.add(of(cause, Stance.FOR, level, sees)));
    opposes.forEach((cause, level) -> claims.add(of(cause, Stance.AGAINST, level, sees)));
    return List.copyOf(claims);
  }

  /** The same claim, made by a rule on the facts that it matched. */
  public Claim by(String name, List<?> facts) {
    return new Claim(cause, stance, level, kind, sees, name, List.copyOf(facts));
  }

  /** The same claim with another weight. */
  public Claim at(Level other) {
    return new Claim(cause, stance, other, kind, sees, rule, because);
  }

  /** The same claim by another sight. */
  public Claim seeing(String other) {
    return new Claim(cause, stance, level, kind, other, rule, because);
  }

  /** The same claim of another kind. */
  public Claim as(Kind other) {
    return new Claim(cause, stance, level, other, sees, rule, because);
  }

  public boolean isContradiction() {
    return kind == Kind.CONTRADICTION;
  }

  public boolean supports() {
    return stance == Stance.FOR;
  }

  /** The facts of one kind that it rests on. */
  public <T> List<T> because(Class<T> kind) {
    return because.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
