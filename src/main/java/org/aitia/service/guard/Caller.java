package org.aitia.service.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Who waits for the answer to a request. Its work ends when nobody does any more. */
public final class Caller {
  private final String address;
  private final String request;
  private Path body;
  private long bytes;
  private String gone;
  private Consumer<String> cancel;

  /**
   * A caller.
   *
   * @param address of the client
   * @param request id of the request, by which the log knows it
   */
  Caller(String address, String request) {
    this.address = address;
    this.request = request;
  }

  public String address() {
    return address;
  }

  String request() {
    return request;
  }

  /** The body has arrived whole. */
  public void sent(Path file, long size) {
    body = file;
    bytes = size;
  }

  /** Size of the body in bytes; 0 without one. */
  public long bytes() {
    return bytes;
  }

  /** What is read from a body. */
  public interface Reading<T> {
    T from(InputStream body) throws IOException;
  }

  /** Reads the body; it is empty when there is none. */
  public <T> T read(Reading<T> reading) throws IOException {
    try (InputStream in = bytes == 0 ? InputStream.nullInputStream() : Files.newInputStream(body)) {
      return reading.from(in);
    }
  }

  /**
   * What to do when the caller leaves; done at once when it has left.
   *
   * @param how takes the reason; null when there is nothing to end any more
   */
  synchronized void whenGone(Consumer<String> how) {
    cancel = how;
    if (how != null && gone != null) {
      how.accept(gone);
    }
  }

  /** Nobody waits any more. */
  synchronized void leave(String reason) {
    gone = gone == null ? reason : gone;
    if (cancel != null) {
      cancel.accept(gone);
    }
  }
}
