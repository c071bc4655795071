package org.aitia.evidence.file;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * A stream that ends where compressed data break off, instead of throwing: what came before counts.
 */
public final class Whole extends FilterInputStream {
  private String damage;
  private int last = '\n';

  public Whole(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (damage != null) {
      return -1;
    }
    try {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        last = buffer[offset + n - 1];
      }
      return n;
    } catch (EOFException | ZipException e) {
      damage = "the compressed data end or break";
      return -1;
    }
  }

  /** What is wrong with the stream, or null. */
  public String damage() {
    return damage;
  }

  /** Whether the last byte read ended a line. */
  public boolean terminated() {
    return last == '\n' || last == '\r';
  }
}
