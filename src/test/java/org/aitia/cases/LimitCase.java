package org.aitia.cases;

import java.util.ArrayList;
import java.util.List;
import org.aitia.knowledge.Threshold;

/**
 * Values that a symptom's limits have to take for it, and values that they may not.
 *
 * @param doubt why the limit may be wrong where it does otherwise; null for most
 */
public record LimitCase(
    String place, String symptom, List<Double> seen, List<Double> unseen, String doubt) {
  /** In which ways a threshold judges otherwise. */
  public List<String> unmet(Threshold threshold) {
    List<String> unmet = new ArrayList<>();
    seen.stream()
        .filter(v -> !threshold.exceededBy(v))
        .forEach(v -> unmet.add(v + " has to be seen as " + symptom + by(threshold)));
    unseen.stream()
        .filter(threshold::exceededBy)
        .forEach(v -> unmet.add(v + " must not be seen as " + symptom + by(threshold)));
    return unmet;
  }

  private static String by(Threshold threshold) {
    return " (above " + threshold.above() + ", below " + threshold.below() + ")";
  }

  /** Which sides of which limits have no value, such as {@code above: unseen}. */
  public static List<String> lacking(Threshold threshold, LimitCase values) {
    List<Double> seen = values == null ? List.of() : values.seen();
    List<Double> unseen = values == null ? List.of() : values.unseen();
    List<String> lacking = new ArrayList<>();
    if (seen.isEmpty()) {
      lacking.add("seen");
    }
    if (threshold.above() != null && unseen.stream().noneMatch(v -> v <= threshold.above())) {
      lacking.add("unseen-above");
    }
    if (threshold.below() != null && unseen.stream().noneMatch(v -> v >= threshold.below())) {
      lacking.add("unseen-below");
    }
    return lacking;
  }
}
