package org.aitia.service.guard;

import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import org.aitia.service.Problem;
import org.aitia.service.store.Faults;
import org.jboss.logging.Logger;

/** What goes wrong, as a problem; nothing of the inside gets out. */
public final class Problems {
  private static final Logger LOG = Logger.getLogger("aitia.service");

  /** What kinds of body there are. */
  public static final String KINDS =
      "send application/json, application/x-ndjson, multipart/form-data or application/zip";

  private Problems() {}

  /** What a status says by itself. */
  public static Problem plain(int status, RoutingContext context) {
    return switch (status) {
      case 404 -> Problem.of(404, "not-found", "there is nothing at " + path(context));
      case 405 ->
          Problem.of(
              405,
              "method-not-allowed",
              context.request().method() + " is not possible here; see the Allow header");
      case 415 -> Problem.of(415, "unsupported-media-type", KINDS);
      default ->
          Problem.of(
              status < 400 ? 500 : status,
              status < 500 ? "bad-request" : "internal-error",
              status < 500 ? "the request cannot be understood" : "an error of the service");
    };
  }

  /** The path, where it is one. */
  static String path(RoutingContext context) {
    try {
      return context.normalizedPath();
    } catch (IllegalArgumentException e) {
      return "this path";
    }
  }

  /** What an exception is for the caller; what is nobody's fault but the service's is logged. */
  public static Problem of(Throwable e) {
    if (e instanceof Problem problem) {
      return problem;
    }
    if (Faults.full(e)) {
      LOG.error("the disk is full: what was sent is not kept");
      return Problem.later(507, "storage-full", "there is no space left to keep this", 60);
    }
    if (Faults.unreachable(e)) {
      LOG.errorf("the database does not answer: %s", e.getClass().getSimpleName());
      return Problem.later(503, "storage-unavailable", "the database does not answer", 5);
    }
    if (hungUp(e)) {
      LOG.info("a client hung up before its request was whole");
      return Problem.of(400, "malformed-body", "the body breaks off");
    }
    if (Faults.disk(e)) {
      LOG.errorf("the disk failed: %s", root(e));
      return Problem.later(503, "storage-unavailable", "the disk does not take what was sent", 5);
    }
    LOG.error("a request failed", e);
    return Problem.of(500, "internal-error", "an error of the service; its log has the details");
  }

  /** What the operating system says, which may name a file: for the log only. */
  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  /** Whether the connection was closed from the other side: nobody reads the answer. */
  private static boolean hungUp(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof HttpClosedException) {
        return true;
      }
    }
    return false;
  }
}
