package org.aitia.run;

/**
 * What became of one file of the run.
 *
 * @param file path relative to the run's folder
 * @param format id of the format it was read as; null when it was not recognised
 * @param state what became of it
 * @param message what was read, or what is wrong, where, and how to mend it
 */
public record FileNote(String file, String format, State state, String message) {
  /** What became of a file. */
  public enum State {
    READ,
    PARTIAL,
    SKIPPED,
    FAILED
  }
}
