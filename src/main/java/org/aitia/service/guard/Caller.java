package org.aitia.service.guard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.aitia.service.Problem;
import org.aitia.service.key.Key;
import org.aitia.service.key.Right;

/** Who waits for the answer to a request. Its work ends when nobody does any more. */
public final class Caller {
  private final String address;
  private final String request;
  private Key key;
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

  /**
   * The service itself, which works for nobody in particular.
   *
   * @param request what the log knows the work by
   * @param by name of the token that it is done for; null for none
   */
  public static Caller own(String request, String by) {
    Caller own = new Caller("the service", request);
    own.key = by == null ? null : new Key(by, Set.of(), "");
    return own;
  }

  public String address() {
    return address;
  }

  /** It brought this token. */
  void known(Key token) {
    key = token;
  }

  /** Name of the token that it brought; null where none is needed. */
  public String by() {
    return key == null ? null : key.name();
  }

  /**
   * Holds a request to what its token is good for.
   *
   * @throws Problem 403 when it is not good for this
   */
  public void needs(Right scope) {
    if (key != null && !key.may(scope)) {
      throw insufficient(key, scope);
    }
  }

  static Problem insufficient(Key key, Right scope) {
    return Problem.of(
        403,
        "insufficient-scope",
        "the token '" + key.name() + "' may not do this: it takes " + scope.id());
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
