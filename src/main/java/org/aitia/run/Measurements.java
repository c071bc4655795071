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

  /** The format that files of them are read as. */
  public static final String FORMAT = "observations";

  /** What people say of a run, which nobody measures. */
  private static final Set<String> BESIDE = Set.of(FORMAT, Report.FORMAT);

  /** Whether a file holds something of the run itself. */
  static boolean standsAgainst(FileNote file) {
    boolean read = file.state() == FileNote.State.READ || file.state() == FileNote.State.PARTIAL;
    return read && !BESIDE.contains(file.format());
  }

  /** The note of a file of measurements, where files of the run are measured anew. */
  static FileNote passedOver(FileNote file) {
    return FORMAT.equals(file.format())
        ? new FileNote(
            file.file(),
            FORMAT,
            FileNote.State.SKIPPED,
            "passed over: the files beside it are measured anew; give it alone, or with a report")
        : file;
  }

  public Measurements {
    values = List.copyOf(values);
    evidence = Set.copyOf(evidence);
    traits = Set.copyOf(traits);
  }
}
