package org.aitia.run.value;

/**
 * Where a value was read.
 *
 * @param file path relative to the run's folder, with forward slashes
 * @param tag the name inside the file (column, tag, field), or null when the whole file is meant
 */
public record Source(String file, String tag) {
  @Override
  public String toString() {
    return tag == null ? file : file + ":" + tag;
  }
}
