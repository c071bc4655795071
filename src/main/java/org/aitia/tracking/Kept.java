package org.aitia.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A run that somebody else keeps. */
public interface Kept {
  /** What it is asked for under, such as {@code mlflow:4f0c...}. */
  String source();

  /**
   * Lays it down as the files that its own tool would have written.
   *
   * @param folder an empty folder
   * @throws IOException naming the server and what it says, when it cannot be had
   */
  void layDown(Path folder) throws IOException;

  /**
   * Tells the keeper what was found.
   *
   * @param tags short values, by name
   * @param report the whole of it, in Markdown
   * @throws IOException naming what could not be kept, and why
   */
  void note(Map<String, String> tags, String report) throws IOException;
}
