package org.aitia.run;

import java.util.List;
import java.util.Set;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * What was measured of a run whose own files are not at hand.
 *
 * @param values in the order in which they were measured
 * @param evidence kinds of evidence that the run held, in the words of {@code checks.yaml}
 * @param traits of what kind the run was, in the same words
 */
public record Measurements(List<Value> values, Set<String> evidence, Set<String> traits) {
  /** The version of the files that hold them. */
  public static final String SCHEMA = "observations/1";

  /**
   * One measured value.
   *
   * @param subject what was looked at: {@code loss}, {@code layers} ...
   * @param measure id of the measure
   * @param unit unit of the value
   * @param value finite or infinite
   * @param detail a name or text that belongs to it; may be null
   * @param split null where it is of none
   * @param step null where it is of none
   * @param layer null where it is of none
   * @param order position of the layer in the forward pass, from 0; null where it is not known
   * @param source where the value was read; may be null
   * @param confidence {@code certain} or {@code likely}; null for what is measured
   */
  public record Value(
      String subject,
      String measure,
      String unit,
      double value,
      String detail,
      Split split,
      Double step,
      String layer,
      Integer order,
      Source source,
      String confidence) {}

  public Measurements {
    values = List.copyOf(values);
    evidence = Set.copyOf(evidence);
    traits = Set.copyOf(traits);
  }
}
