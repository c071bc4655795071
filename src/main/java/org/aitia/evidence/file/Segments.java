package org.aitia.evidence.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.aitia.limit.Budget;

/**
 * What a terminal showed, piece by piece: progress bars return to the start of their line, so a
 * carriage return ends a piece as a line feed does. Control sequences are left out.
 */
public final class Segments implements AutoCloseable {
  /** Longest piece that is kept, in bytes; the rest of a longer one is passed over. */
  static final int MAX_LENGTH = 1 << 16;

  private static final int ESCAPE = 0x1b;

  /** Colours, cursor movements and window titles. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "\u001b\\[[0-9;?]{0,16}[A-Za-z]|\u001b\\][^\u0007]{0,200}\u0007|[\\x00-\\x08\\x0b-\\x1f]");

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int filled;
  private final byte[] piece = new byte[MAX_LENGTH];
  private long lines = 1;
  private boolean lineEnded;

  public Segments(InputStream in) {
    this.in = in;
  }

  /** The next piece, or null at the end of the file. */
  public String next() throws IOException {
    Budget.step();
    int length = 0;
    boolean escapes = false;
    boolean any = false;
    if (lineEnded) {
      lines++;
      lineEnded = false;
    }
    while (true) {
      if (position == filled) {
        filled = Math.max(0, in.read(buffer));
        position = 0;
        if (filled == 0) {
          return any ? text(length, escapes) : null;
        }
      }
      any = true;
      byte b = buffer[position++];
      if (b == '\n' || b == '\r') {
        lineEnded = b == '\n';
        return text(length, escapes);
      }
      escapes |= b >= 0 && b < ' ' && b != '\t';
      if (length < MAX_LENGTH) {
        piece[length++] = b;
      }
    }
  }

  private String text(int length, boolean escapes) {
    String text = new String(piece, 0, length, StandardCharsets.UTF_8);
    return escapes || text.indexOf(ESCAPE) >= 0 ? CONTROL.matcher(text).replaceAll("") : text;
  }

  /** Whether the piece returned last ended its line: else the next one stands in its place. */
  public boolean lineEnded() {
    return lineEnded;
  }

  /** Number of the line last returned, from 1. */
  public long line() {
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
