package org.aitia.service.guard;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.key.Key;
import org.aitia.service.key.Keyring;
import org.aitia.service.key.Right;
import org.aitia.service.key.Seal;

/** Who comes in: with which token, to do what, from which host and site. */
@ApplicationScoped
class Gate {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final String LIVE = "/q/health/live";
  private static final String READY = "/q/health/ready";

  @Inject Settings settings;
  @Inject Keyring keys;
  @Inject Origins origins;

  /** Why a request is turned away; null when it may come in. */
  Problem refusal(RoutingContext context, Caller caller) {
    HttpServerRequest request = context.request();
    if (disguised(context)) {
      return Problem.of(400, "bad-request", "the address escapes what needs no escape");
    }
    Problem problem = keys.locked() ? unknown(request, caller) : elsewhere(request);
    if (problem != null) {
      return problem;
    }
    return origins.foreign(request)
        ? Problem.of(403, "forbidden", "requests from pages of other sites are refused")
        : null;
  }

  /**
   * An address that means another one by the time it is routed would be held to the wrong rules.
   */
  private static boolean disguised(RoutingContext context) {
    String path = context.request().path();
    try {
      return path != null && Ground.page(path) != Ground.page(context.normalizedPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Problem unknown(HttpServerRequest request, Caller caller) {
    if (Ground.open(request) || probe(request)) {
      return null;
    }
    Optional<Key> key = key(request);
    if (key.isEmpty()) {
      return Problem.of(401, "unauthorized", "send a token of the service: Authorization: Bearer");
    }
    caller.known(key.get());
    Right needed = Ground.scope(request);
    return needed == null || key.get().may(needed) ? null : Caller.insufficient(key.get(), needed);
  }

  private Optional<Key> key(HttpServerRequest request) {
    Optional<Key> brought = keys.bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (brought.isPresent() || !Ground.page(request)) {
      return brought;
    }
    Cookie seal = request.getCookie(Seal.NAME);
    return seal == null ? Optional.empty() : Seal.holder(keys, seal.getValue(), Instant.now());
  }

  /** What asks whether the process lives has no token to bring. */
  private boolean probe(HttpServerRequest request) {
    return LIVE.equals(request.path()) || settings.openReady() && READY.equals(request.path());
  }

  /** A page of another site can make its name point here; the Host header still tells. */
  private Problem elsewhere(HttpServerRequest request) {
    return LOOPBACK.contains(settings.host()) && !LOOPBACK.contains(host(request))
        ? Problem.of(403, "forbidden", "this service answers to localhost only")
        : null;
  }

  private static String host(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().host().toLowerCase(Locale.ROOT);
  }
}
