package org.aitia.knowledge;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often rules spoke for a cause on labelled runs, where it was true and where it was not.
 *
 * @param runs labelled runs in all
 * @param causes runs with a cause, by its id
 * @param rules counts of each rule by its name, and of each cause that it speaks for; a rule that
 *     never spoke is missing
 */
public record Counts(int runs, Map<String, Integer> causes, Map<String, Map<String, Fired>> rules) {
  /** Nothing was counted: every rule weighs what its level says. */
  public static final Counts NONE = new Counts(0, Map.of(), Map.of());

  private static final Fired NEVER = new Fired(0, 0);

  /**
   * How often a rule spoke.
   *
   * @param right runs with the cause
   * @param wrong runs without it
   */
  public record Fired(int right, int wrong) {}

  public Counts {
    // in order: what is written of them is the same whoever writes it
    causes = Collections.unmodifiableMap(new TreeMap<>(causes));
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
  }

  /**
   * These counts, and of rules that never spoke those of the same runs with fewer files: some rules
   * speak only where a better witness is missing.
   *
   * @param enough times that a rule has to have spoken there for a cause: fewer say less than its
   *     level does
   */
  public Counts or(Counts poorer, int enough) {
    Map<String, Map<String, Fired>> all = new TreeMap<>();
    poorer.rules.forEach(
        (rule, causes) -> {
          Map<String, Fired> often = new TreeMap<>(causes);
          often.values().removeIf(f -> f.right() + f.wrong() < enough);
          if (!often.isEmpty()) {
            all.put(rule, often);
          }
        });
    all.putAll(rules);
    return new Counts(runs, causes, all);
  }

  /** Labelled runs with a cause. */
  public int having(String cause) {
    return causes.getOrDefault(cause, 0);
  }

  public Fired of(String rule, String cause) {
    return rules.getOrDefault(rule, Map.of()).getOrDefault(cause, NEVER);
  }

  /**
   * Log of how many times more often a rule speaks where its cause is true than elsewhere, each
   * share smoothed by half a run.
   *
   * @param leak share of runs without the cause on which any rule is taken to speak on other data
   */
  public double logRatio(String rule, String cause, double leak) {
    Fired fired = of(rule, cause);
    int with = having(cause);
    double right = (fired.right() + 0.5) / (with + 1);
    double wrong = (fired.wrong() + 0.5) / (runs - with + 1);
    return Math.log(right / Math.max(leak, wrong));
  }
}
