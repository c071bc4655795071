package org.aitia.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What an engineer wants of a run besides its faults. Each is null where the files tell nothing of
 * it.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sections(Keep checkpoint, Pace speed, Crash crash) {
  /** Nothing is told. */
  public static final Sections NONE = new Sections(null, null, null);

  /**
   * Which checkpoint to keep.
   *
   * @param split on which it was evaluated
   * @param axis {@code epoch} or {@code step}
   * @param noise standard deviation of one evaluation by chance; null when it cannot be told
   * @param band by how much the best of so many is better at most by chance; null when it cannot be
   *     told
   * @param keep {@code best}, {@code last}, {@code either} or {@code unsure}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Keep(
      String metric,
      String split,
      String axis,
      int evaluations,
      At best,
      At last,
      Double noise,
      Double band,
      String keep,
      String text) {}

  /** A value and where it was reached. */
  public record At(double step, double value) {}

  /**
   * How fast it went.
   *
   * @param waiting share of a step's time that it waits for data, 0 to 1; null when not logged
   * @param slowed throughput at the end over that at the start; null when not logged
   * @param grown memory at the end over that at the start; null when not logged
   * @param severity {@code medium} where something of it is worth repairing, else {@code none}
   * @param texts what each of them means
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pace(
      Double waiting,
      Double slowed,
      Double grown,
      String severity,
      List<String> texts,
      Diagnosis.Source source) {}

  /**
   * What ended the program.
   *
   * @param symptom its id
   * @param line what the program printed
   * @param repairs the likeliest first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Crash(
      String symptom, String text, String line, Diagnosis.Source source, List<String> repairs) {}
}
