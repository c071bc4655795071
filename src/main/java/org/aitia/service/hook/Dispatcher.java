package org.aitia.service.hook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aitia.service.Settings;
import org.aitia.service.store.HookStore;
import org.aitia.service.store.Webhook;
import org.jboss.logging.Logger;

/**
 * Sends what is to be told, from the database, so that it outlives the process. A receiver that
 * does not take it is asked again, each time after four times the pause, and given up in the end.
 * Where a receiver redirects to is not gone: the address that was judged is the one that is called.
 */
@ApplicationScoped
class Dispatcher {
  private static final Logger LOG = Logger.getLogger("aitia.webhooks");

  /** The webhook of the configuration. */
  private static final String CONFIGURED = "00000000-0000-7000-8000-000000000000";

  private static final long EVERY_MILLIS = 500;
  private static final int AT_A_TIME = 20;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration HELD = Duration.ofSeconds(30);
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final int LONGEST_DETAIL = 200;

  @Inject Settings settings;
  @Inject HookStore store;
  @Inject Hooks hooks;
  @Inject Vertx vertx;

  private ScheduledExecutorService clock;
  private HttpClient client;

  void start(@Observes StartupEvent event) throws SQLException {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) ANSWER_WITHIN.toMillis())
                .setKeepAlive(false)
                .setMaxRedirects(0));
    Settings.Webhooks set = settings.webhooks();
    if (set.url().isPresent()) {
      hooks.check(set.url().get());
      store.put(
          new Webhook(
              CONFIGURED, Instant.now(), set.url().get(), set.secret().orElse(""), null, null));
    } else {
      store.delete(CONFIGURED);
    }
    clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    clock.scheduleWithFixedDelay(this::tidy, 1, 60, TimeUnit.MINUTES);
  }

  void stop(@Observes ShutdownEvent event) {
    clock.shutdownNow();
  }

  private void look() {
    try {
      List<Webhook.Delivery> due = store.due(Instant.now(), AT_A_TIME);
      for (Webhook.Delivery delivery : due) {
        if (store.take(delivery, Instant.now().plus(HELD))) {
          send(delivery);
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("webhooks cannot be looked after: %s", e.getClass().getSimpleName());
    }
  }

  private void tidy() {
    try {
      store.expire(Instant.now().minus(REMEMBERED));
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("old deliveries cannot be deleted: %s", e.getClass().getSimpleName());
    }
  }

  private void send(Webhook.Delivery delivery) throws SQLException {
    Optional<Webhook> hook = store.find(delivery.webhook());
    if (hook.isEmpty()) {
      return;
    }
    try {
      URI uri = URI.create(hook.get().url());
      int status = post(uri, hooks.address(uri), hook.get(), delivery);
      boolean taken = status >= 200 && status < 300;
      tried(delivery, taken, "status " + status);
    } catch (Exception e) {
      tried(delivery, false, String.valueOf(e.getMessage()));
    }
  }

  private int post(URI uri, InetAddress address, Webhook hook, Webhook.Delivery delivery)
      throws Exception {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
            .setHost(uri.getHost())
            .setPort(port)
            .setSsl(tls)
            .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
            .setTimeout(ANSWER_WITHIN.toMillis())
            .setFollowRedirects(false);
    long now = Instant.now().getEpochSecond();
    Future<Integer> status =
        client
            .request(options)
            .compose(
                request ->
                    request
                        .putHeader("Content-Type", "application/json")
                        .putHeader("User-Agent", "aitia")
                        .putHeader("Aitia-Event", "diagnosis")
                        .putHeader("Aitia-Delivery", delivery.id())
                        .putHeader(
                            Signature.HEADER, Signature.of(hook.secret(), now, delivery.body()))
                        .send(Buffer.buffer(delivery.body()))
                        .map(
                            response -> {
                              // what a receiver says beyond its status is not read
                              request.connection().close();
                              return response.statusCode();
                            }));
    return status
        .toCompletionStage()
        .toCompletableFuture()
        .get(2 * ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tried(Webhook.Delivery delivery, boolean taken, String detail) throws SQLException {
    int attempts = delivery.attempts() + 1;
    boolean last = attempts >= settings.webhooks().attempts();
    Duration pause = settings.webhooks().backoff().multipliedBy(1L << 2 * (attempts - 1));
    String shown = detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
    store.tried(
        delivery.id(),
        attempts,
        taken ? "delivered" : last ? "given-up" : "waiting",
        shown,
        Instant.now().plus(pause));
    if (last && !taken) {
      LOG.warnf("the delivery %s was given up after %d attempts", delivery.id(), attempts);
    }
  }
}
