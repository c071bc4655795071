package org.aitia.report.pipeline;

import java.util.List;

/**
 * One thing that is told of a run.
 *
 * @param rule id of the cause, the finding or the symptom
 * @param probability of a cause, 0 to 1; null for all others
 * @param title what it is, in a few words
 * @param text what was seen, and what to do about it
 * @param spots where it was seen, the most telling first; never empty
 * @param key tells it from all else of its run, the same when lines above it move
 */
public record Told(
    String rule,
    Kind kind,
    Level level,
    Double probability,
    String title,
    String text,
    List<Spot> spots,
    String key) {
  /** What it is. */
  public enum Kind {
    CAUSE,
    FINDING,
    CRASH,
    /** no cause is likely, and the run is not known to be healthy */
    OPEN
  }

  /** How sure it is, and how grave. */
  public enum Level {
    ERROR,
    WARNING,
    NOTE,
    NONE
  }

  /**
   * A place of a file.
   *
   * @param uri of the file, relative to the working directory where it lies below it
   * @param line counted from 1; null where it is not known
   * @param name the name inside the file, such as a column; null for none
   * @param text what was seen there
   */
  public record Spot(String uri, Integer line, String name, String text) {}

  /** The spot that stands for all others. */
  public Spot first() {
    return spots.get(0);
  }
}
