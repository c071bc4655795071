package org.aitia.evidence.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.aitia.limit.Budget;

/**
 * Reads lines of bounded length, ended by LF, CR LF or CR: a line that is too long is passed over
 * and counted, never held.
 */
public final class Lines implements AutoCloseable {
  /** Longest line that is kept, in bytes. */
  public static final int MAX_LENGTH = 8 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int filled;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long number;
  private long firstTooLong;
  private boolean terminated;

  /** Whether the line before ended with a carriage return, which a line feed may follow. */
  private boolean returned;

  private String damage;

  public Lines(InputStream in) {
    this.in = in;
  }

  /**
   * The next line without its end, or null at the end of the file. A damaged stream ends where the
   * damage begins; see {@link #damage()}.
   */
  public byte[] next() throws IOException {
    while (true) {
      Budget.step();
      length = 0;
      terminated = false;
      boolean tooLong = false;
      boolean any = false;
      while (!terminated) {
        if (position == filled && !fill()) {
          break;
        }
        any = true;
        if (returned && buffer[position] == '\n') {
          position++; // the second byte of CR LF
          returned = false;
          any = length > 0;
          continue;
        }
        returned = false;
        int start = position;
        while (position < filled && buffer[position] != '\n' && buffer[position] != '\r') {
          position++;
        }
        terminated = position < filled;
        tooLong |= !append(start, position - start);
        if (terminated) {
          returned = buffer[position++] == '\r';
        }
      }
      if (!any) {
        return null;
      }
      number++;
      if (!tooLong) {
        return java.util.Arrays.copyOf(line, length);
      }
      if (firstTooLong == 0) {
        firstTooLong = number;
      }
    }
  }

  public String nextText() throws IOException {
    byte[] bytes = next();
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private boolean append(int start, int count) {
    if (length + count > MAX_LENGTH) {
      return false;
    }
    if (length + count > line.length) {
      line = java.util.Arrays.copyOf(line, Math.max(line.length * 2, length + count));
    }
    System.arraycopy(buffer, start, line, length, count);
    length += count;
    return true;
  }

  private boolean fill() throws IOException {
    if (damage != null) {
      return false;
    }
    try {
      position = 0;
      filled = Math.max(0, in.read(buffer));
    } catch (EOFException | ZipException e) {
      damage = "the compressed data end or break after line " + number;
      filled = 0;
    } catch (IOException e) {
      if (number == 0) {
        throw e;
      }
      damage = "after line " + number + ": " + e.getMessage();
      filled = 0;
    }
    return filled > 0;
  }

  /** Number of the line last returned, from 1. */
  public long number() {
    return number;
  }

  /** Whether the line last returned ended with a line break: a file's last line may be cut. */
  public boolean terminated() {
    return terminated;
  }

  /** Number of the first line that was passed over as too long; 0 when there was none. */
  public long firstTooLong() {
    return firstTooLong;
  }

  /** What is wrong with the stream itself, or null. */
  public String damage() {
    return damage;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
