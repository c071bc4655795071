package org.aitia.service.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;

/** What an exception says about the disk and the database. */
public final class Faults {
  /** As the operating systems word it. */
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

  /** H2: the database is closed, after a write that failed. */
  private static final int H2_CLOSED = 90098;

  /** H2: the value or the statement was not written. */
  private static final List<Integer> H2_WRITING = List.of(50000, 90028, 90031, H2_CLOSED, 90121);

  /** H2: the connection was closed under its user, with the database. */
  private static final int H2_GONE = 90007;

  /** PostgreSQL: the disk is full. */
  private static final String PG_FULL = "53100";

  private Faults() {}

  /** Whether there was no space to write to. */
  public static boolean full(Throwable e) {
    boolean writing = false;
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (FULL.stream().anyMatch(message::contains)
          || t instanceof SQLException sql && PG_FULL.equals(sql.getSQLState())) {
        return true;
      }
      writing |= t instanceof IOException;
    }
    // The operating system may speak another language.
    return writing && DataFolder.full();
  }

  /**
   * Whether a file of the service's own could not be written or read. What a client sends is on the
   * disk before anybody reads it, so that no other input or output fails.
   */
  public static boolean disk(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the database does not answer. */
  public static boolean unreachable(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && unreachable(sql)) {
        return true;
      }
    }
    return false;
  }

  private static boolean unreachable(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientException
        || e instanceof SQLNonTransientConnectionException
        || state == null
        || state.startsWith("08")
        // a statement that took too long, a server that ends or lacks something
        || state.startsWith("57")
        || state.startsWith("53")
        || closed(e)
        || gone(e);
  }

  /** Whether the embedded database has closed itself and has to be opened anew. */
  static boolean closed(SQLException e) {
    return H2_WRITING.contains(e.getErrorCode());
  }

  /** Whether the connection was closed when another one found the database closed. */
  static boolean gone(SQLException e) {
    return e.getErrorCode() == H2_GONE;
  }

  /** Why a file cannot be used, without its path. */
  static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
