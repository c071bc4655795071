package org.aitia.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Stands before every path, health and metrics too: names the request, asks for the token, refuses
 * what other sites send through a browser, sets the security headers, and writes the access log.
 */
@ApplicationScoped
class Guard {
  private static final Logger LOG = Logger.getLogger("aitia.access");
  private static final String REQUEST = "aitia.request";
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Longest address with its query: RFC 9110 (4.1) wants 8,000 at least. */
  private static final int MAX_URI = 8192;

  /** Before all filters of the framework. */
  private static final int FIRST = 1_000;

  @Inject Settings settings;

  void register(@Observes Filters filters) {
    filters.register(this::handle, FIRST);
  }

  /** Id of a request: the caller's own if it is a plain word. */
  static String request(RoutingContext context) {
    return context.get(REQUEST);
  }

  /** Address of the client, for the bound on each client's share. */
  static String client(RoutingContext context) {
    return String.valueOf(context.request().remoteAddress().hostAddress());
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String given = request.getHeader("X-Request-Id");
    String id =
        given != null && REQUEST_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    context.put(REQUEST, id);
    headers(context.response(), id);
    long begun = System.nanoTime();
    context.addEndHandler(done -> log(context, id, begun));
    Problem problem = refusal(request);
    if (problem == null) {
      context.next();
      return;
    }
    HttpServerResponse response = context.response().setStatusCode(problem.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE);
    response.putHeader(HttpHeaders.CONTENT_LANGUAGE, "en");
    if (problem.status() == 401) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"aitia\"");
    }
    if (!request.isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.end(problem.json(id));
  }

  private static void headers(HttpServerResponse response, String id) {
    response.putHeader("X-Request-Id", id);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("X-Frame-Options", "DENY");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    // Reports carry their own styles and pictures, nothing else.
    response.putHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'");
  }

  private Problem refusal(HttpServerRequest request) {
    if (settings.token().isPresent()) {
      if (!matches(settings.token().get(), request.getHeader(HttpHeaders.AUTHORIZATION))) {
        return Problem.of(401, "unauthorized", "send the service's token: Authorization: Bearer");
      }
    } else if (LOOPBACK.contains(settings.host()) && !LOOPBACK.contains(host(request))) {
      // A page of another site can make its name point here; the Host header still tells.
      return Problem.of(403, "forbidden", "this service answers to localhost only");
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !sameOrigin(origin, request)) {
      return Problem.of(403, "forbidden", "requests from pages of other sites are refused");
    }
    if (request.uri().length() > MAX_URI) {
      return Problem.of(
          414, "uri-too-long", "an address may have " + MAX_URI + " characters at most");
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && length.length() < 19 && tooLong(length)) {
      return Intake.tooLarge(settings.upload().maxBytes());
    }
    return null;
  }

  private boolean tooLong(String length) {
    try {
      return Long.parseLong(length) > settings.upload().maxBytes();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String host(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().host().toLowerCase(Locale.ROOT);
  }

  private static boolean sameOrigin(String origin, HttpServerRequest request) {
    try {
      return request.authority() != null
          && request.authority().toString().equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Compares in constant time, whatever the lengths. */
  static boolean matches(String token, String header) {
    String given =
        header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
            ? header.substring(7).strip()
            : "";
    return MessageDigest.isEqual(Intake.sha256(token), Intake.sha256(given));
  }

  /** One line a request: no query, no body, no name of a file. */
  private static void log(RoutingContext context, String id, long begun) {
    if (LOG.isInfoEnabled()) {
      org.jboss.logging.MDC.put("request", id);
      LOG.infof(
          "%s %s %d %d ms",
          context.request().method(),
          context.normalizedPath(),
          context.response().getStatusCode(),
          (System.nanoTime() - begun) / 1_000_000);
      org.jboss.logging.MDC.remove("request");
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
