package org.aitia.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.aitia.report.Cells;

/** An error as one line. */
public final class ErrorLine {
  private ErrorLine() {}

  public static String of(Throwable e) {
    if (e instanceof java.nio.file.AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (e instanceof java.nio.file.NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (e instanceof NotWritten) {
      return Cells.clean(e.getMessage());
    }
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + Cells.clean(message);
  }

  /** The lines of its stack trace. */
  public static List<String> trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString().lines().toList();
  }
}
