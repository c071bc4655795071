package org.aitia.observation.curve;

import java.util.List;
import org.aitia.observation.measure.Limit;

/**
 * LimitValues of every course: how many points make one, and what of it is early, late and its end.
 */
public final class CourseLimits {
  /** Points that show a course at all. */
  public static final Limit ENOUGH = new Limit("enough-points");

  /** Evaluations that agree, or all rise, by more than chance. */
  public static final Limit COMPARED = new Limit("enough-evaluations-to-compare");

  /** Evaluations of which each half has a shape. */
  public static final Limit HALVED = new Limit("enough-evaluations-for-halves");

  /** Points of which a trend can be told. */
  public static final Limit TREND = new Limit("enough-points-for-trend");

  /** Points of which the noise can be told. */
  public static final Limit ROUGH = new Limit("enough-points-for-roughness");

  /** Share of a run that is early. */
  public static final Limit EARLY = new Limit("early-part");

  /** Share of a run after which it is late. */
  public static final Limit LATE = new Limit("late-from");

  /** Share of a run that is its end. */
  public static final Limit END = new Limit("end-part");

  /** The first one of so many parts of a run falls steeply and jumps. */
  public static final Limit STEEP = new Limit("steep-part-one-in");

  public static final List<Limit> ALL =
      List.of(ENOUGH, COMPARED, HALVED, TREND, ROUGH, EARLY, LATE, END, STEEP);

  static final Limit ASSUMED_SAMPLES = new Limit("assumed-samples");
  static final Limit ENOUGH_STEPS = new Limit("enough-steps-for-course");
  static final Limit GUESSED = new Limit("start-over-guessing-above");

  /** Every limit that a course asks for by itself. */
  public static final List<Limit> OF_COURSE =
      List.of(
          ASSUMED_SAMPLES,
          ENOUGH_STEPS,
          GUESSED,
          Grain.ENOUGH,
          Grain.MOST,
          Guessing.LOSS_WITHIN,
          Guessing.RIGHT_WITHIN,
          Result.OPEN_ABOVE,
          Result.OPEN_BELOW,
          Bins.MOST,
          Bins.POINTS,
          Bins.FEW);

  private CourseLimits() {}
}
