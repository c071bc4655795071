package org.aitia.script.trace;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Which schedules of a learning rate are counted in epochs, told by the numbers they are made with.
 */
public final class EpochSchedule {
  /** Epochs that hardly any training goes beyond, and steps that hardly any is shorter than. */
  private static final int MOST = 200;

  /** A rate that falls by more than that each step is gone within a few hundred of them. */
  private static final double SLOWEST_DECAY = .99;

  private EpochSchedule() {}

  /**
   * Whether the number that a schedule repeats itself by counts epochs.
   *
   * @param schedule short name of its class
   * @param number its {@code step_size}, {@code T_max} or {@code gamma}; NaN where it is not known
   */
  public static boolean counts(String schedule, double number) {
    return switch (schedule) {
      case "StepLR", "CosineAnnealingLR" -> number <= MOST;
      case "ExponentialLR" -> number <= SLOWEST_DECAY;
      default -> false;
    };
  }

  /** Whether all milestones of a {@code MultiStepLR} count epochs; there is at least one. */
  public static boolean counts(DoubleStream milestones) {
    double[] all = milestones.toArray();
    return all.length > 0 && Arrays.stream(all).allMatch(m -> m <= 2 * MOST);
  }
}
