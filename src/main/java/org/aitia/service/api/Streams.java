package org.aitia.service.api;

import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.aitia.knowledge.Language;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Guard;
import org.aitia.service.guard.Problems;
import org.aitia.service.work.Consultation;
import org.aitia.service.work.LiveRuns;
import org.aitia.service.work.Watchers;

/**
 * Streams of events (server-sent events) about a run that is recorded, or a session that others
 * answer in too. A stream holds no thread; one whose client does not read is closed, and its client
 * comes again and sees how things stand by then.
 */
@ApplicationScoped
public class Streams {
  /** Silence after which a line without a meaning is sent, so that nobody on the way closes it. */
  private static final long HEARTBEAT_MILLIS = 15_000;

  private static final int AGAIN_MILLIS = 3_000;

  @Inject Settings settings;
  @Inject LiveRuns runs;
  @Inject Consultation sessions;
  @Inject Watchers watchers;

  private final AtomicInteger open = new AtomicInteger();

  void routes(@Observes Router router) {
    for (String ground : new String[] {"/api/v1", ""}) {
      router.get(ground + "/runs/:id/events").order(0).handler(this::run);
      router.get(ground + "/sessions/:id/events").order(0).handler(this::session);
    }
  }

  private void run(RoutingContext context) {
    String id = context.pathParam("id");
    begin(
        context,
        () -> runs.find(id).orElseThrow(() -> Problem.none("run", id)),
        "run " + id,
        seen -> runs.since(id, seen));
  }

  private void session(RoutingContext context) {
    String id = context.pathParam("id");
    begin(
        context,
        () -> sessions.version(id).orElseThrow(() -> Problem.none("session", id)),
        "session " + id,
        seen -> sessions.since(id, seen));
  }

  private void begin(RoutingContext context, Callable<?> exists, String topic, Watchers.Look look) {
    if (open.incrementAndGet() > settings.live().watchers()) {
      open.decrementAndGet();
      Guard.refuse(context, Problem.later(503, "busy", "too many look on already", 30));
      return;
    }
    context.addEndHandler(done -> open.decrementAndGet());
    context
        .vertx()
        .executeBlocking(exists, false)
        .onSuccess(found -> new Stream(context).begin(topic, look))
        .onFailure(e -> Guard.refuse(context, Problems.of(e)));
  }

  /** One of them. Everything but {@link #tell} happens on the connection's event loop. */
  private final class Stream implements Watchers.Watcher {
    private final RoutingContext routing;
    private final HttpServerResponse response;
    private final Context loop;
    private final Language language;

    /** Version that its client has seen last. */
    private String told;

    Stream(RoutingContext routing) {
      this.routing = routing;
      response = routing.response();
      loop = routing.vertx().getOrCreateContext();
      language = Negotiation.language(routing.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    }

    void begin(String topic, Watchers.Look look) {
      if (response.closed()) {
        return;
      }
      response
          .setChunked(true)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .putHeader("X-Accel-Buffering", "no")
          .write("retry: " + AGAIN_MILLIS + "\n\n");
      told = routing.request().getHeader("Last-Event-ID");
      long heart = routing.vertx().setPeriodic(HEARTBEAT_MILLIS, t -> write(": still here\n\n"));
      Runnable leave = watchers.watch(topic, look, this);
      routing.addEndHandler(
          done -> {
            routing.vertx().cancelTimer(heart);
            leave.run();
          });
    }

    @Override
    public void tell(Watchers.Change change) {
      String event =
          "id: "
              + change.version()
              + "\nevent: "
              + change.event()
              + "\ndata: "
              + change.data().apply(language)
              + "\n\n";
      loop.runOnContext(
          v -> {
            if (change.version().equals(told)) {
              return;
            }
            told = change.version();
            write(event);
            if (change.last() && !response.ended() && !response.closed()) {
              response.end();
            }
          });
    }

    private void write(String text) {
      if (response.ended() || response.closed()) {
        return;
      }
      if (response.writeQueueFull()) {
        routing.request().connection().close();
      } else {
        response.write(text);
      }
    }
  }
}
