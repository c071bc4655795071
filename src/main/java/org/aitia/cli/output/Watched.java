package org.aitia.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that keeps why it failed: a {@link java.io.PrintWriter} tells only that it did. */
public final class Watched extends FilterOutputStream {
  private IOException failure;

  public Watched(OutputStream out) {
    super(out);
  }

  /** What went wrong first; null when nothing did. */
  public synchronized IOException failure() {
    return failure;
  }

  /** Whether nobody reads any more, as when {@code head} has seen enough. */
  public boolean isLeft() {
    IOException e = failure();
    return e != null && String.valueOf(e.getMessage()).contains("Broken pipe");
  }

  private synchronized IOException failed(IOException e) {
    failure = failure == null ? e : failure;
    return e;
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
