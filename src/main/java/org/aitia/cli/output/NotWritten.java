package org.aitia.cli.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A result that could not be written; the message names where to, and why not. */
public final class NotWritten extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * A result was not written.
   *
   * @param where the file as the user named it, or {@code standard output}
   */
  public NotWritten(String where, IOException cause) {
    super(where + " could not be written: " + why(cause), cause);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
