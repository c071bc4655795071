package org.aitia.service.intake;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Caller;
import org.aitia.service.guard.Guard;
import org.aitia.service.guard.Job;
import org.aitia.service.guard.Places;
import org.aitia.service.guard.Problems;

/** One body on its way in. Everything happens on the connection's event loop. */
final class Arrival {
  /** How often the pace is looked at; a body that takes longer than this is a slow one. */
  private static final long LOOK_EVERY_MILLIS = 2_000;

  private final Vertx vertx;
  private final RoutingContext context;
  private final HttpServerRequest request;
  private final Settings.Upload bounds;
  private final long limit;
  private final Places slow;
  private final Caller caller;
  private final Context loop;
  private final long begun = System.nanoTime();

  private Path path;
  private AsyncFile file;
  private long timer;
  private long bytes;
  private long windowBegun = begun;
  private long windowBytes;
  private boolean placed;
  private int writing;
  private boolean ended;
  private boolean over;
  private volatile boolean whole;

  Arrival(Vertx vertx, RoutingContext context, Settings.Upload bounds, long limit, Places slow) {
    this.vertx = vertx;
    this.context = context;
    this.request = context.request();
    this.bounds = bounds;
    this.limit = limit;
    this.slow = slow;
    this.caller = Guard.caller(context);
    this.loop = vertx.getOrCreateContext();
  }

  boolean whole() {
    return whole;
  }

  /** Begins. */
  void into(Path where) {
    path = where;
    request.pause();
    vertx
        .fileSystem()
        .open(path.toString(), new OpenOptions().setCreateNew(true).setPerms("rw-------"))
        .onSuccess(this::read)
        .onFailure(this::failed);
  }

  private void read(AsyncFile opened) {
    file = opened;
    if (over) {
      end();
      return;
    }
    file.exceptionHandler(this::failed);
    file.drainHandler(v -> request.resume());
    request.exceptionHandler(this::brokeOff);
    timer = vertx.setPeriodic(LOOK_EVERY_MILLIS, t -> look());
    windowBegun = System.nanoTime();
    request.handler(this::take);
    request.endHandler(
        v -> {
          ended = true;
          complete();
        });
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      context.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer chunk) {
    if (over) {
      return;
    }
    bytes += chunk.length();
    windowBytes += chunk.length();
    if (bytes > limit) {
      refuse(Problem.tooLarge(limit));
      return;
    }
    writing++;
    file.write(chunk).onSuccess(v -> written()).onFailure(this::failed);
    if (file.writeQueueFull()) {
      request.pause();
    }
  }

  private void written() {
    writing--;
    complete();
  }

  /** Goes on when all has come and all is written. */
  private void complete() {
    if (over || !ended || writing > 0) {
      return;
    }
    stop();
    file.close()
        .onSuccess(
            v -> {
              whole = true;
              caller.sent(path, bytes);
              context.next();
            })
        .onFailure(e -> Guard.refuse(context, Problems.of(e)));
  }

  private void look() {
    if (ended) {
      return;
    }
    long now = System.nanoTime();
    if (!placed) {
      switch (slow.take(caller.address())) {
        case TAKEN -> placed = true;
        case OWN_FULL ->
            refuse(
                Problem.later(
                    429, "too-many-requests", "this client sends too many slow bodies already", 5));
        case ALL_FULL -> refuse(Problem.later(503, "busy", "too many slow bodies are arriving", 5));
      }
    }
    if (now - begun > bounds.timeout().toNanos()) {
      refuse(
          Problem.of(
              408,
              "body-too-slow",
              "the body was not whole after " + bounds.timeout().toSeconds() + " s"));
    } else if (now - windowBegun > bounds.grace().toNanos()) {
      if (windowBytes < bounds.minRate() * bounds.grace().toSeconds()) {
        refuse(
            Problem.of(
                408,
                "body-too-slow",
                "the body has to come with " + bounds.minRate() + " bytes a second at least"));
      }
      windowBegun = now;
      windowBytes = 0;
    }
  }

  /** Cuts it off; called by any thread. */
  void cancel(String reason) {
    if (!whole) {
      loop.runOnContext(v -> refuse(Job.ended(reason)));
    }
  }

  private void brokeOff(Throwable e) {
    refuse(Problem.of(400, "malformed-body", "the body breaks off"));
  }

  private void failed(Throwable e) {
    if (!over) {
      refuse(Problems.of(e));
    }
  }

  private void refuse(Problem problem) {
    if (!over) {
      stop();
      end();
      Guard.refuse(context, problem);
    }
  }

  private void stop() {
    over = true;
    vertx.cancelTimer(timer);
    if (placed) {
      slow.leave(caller.address());
      placed = false;
    }
  }

  private void end() {
    if (file != null) {
      file.close();
    }
  }

  /** Deletes the file: nobody reads it any more. */
  void discard() {
    if (!over) {
      stop();
      end();
    }
    vertx.fileSystem().delete(path.toString());
  }
}
