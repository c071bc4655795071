package org.aitia.service.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.aitia.service.Settings;

/** Which other sites may call the API from a browser, and which may show a page in a frame. */
@ApplicationScoped
class Origins {
  private static final String METHODS = "GET, HEAD, POST, PUT, DELETE";
  private static final String TAKEN =
      "Accept, Accept-Language, Aitia-Labels, Authorization, Content-Type, Idempotency-Key,"
          + " If-Match, If-None-Match, Last-Event-ID, X-Request-Id";
  private static final String SHOWN =
      "Content-Language, ETag, Idempotency-Replayed, Link, Location, Retry-After, X-Request-Id";
  private static final String ASKED = "Access-Control-Request-Method";

  @Inject Settings settings;

  /** Whether a request comes from a page of another site that may not send it. */
  boolean foreign(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !same(origin, request) && !allowed(request);
  }

  private boolean allowed(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null
        && !Ground.page(request)
        && settings.origins().orElse(List.of()).contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean same(String origin, HttpServerRequest request) {
    try {
      return request.authority() != null
          && request.authority().toString().equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Tells an allowed site that it may read the answer. */
  void tell(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (settings.origins().isPresent() && !Ground.page(context.request())) {
      response.headers().add("Vary", "Origin");
    }
    if (allowed(context.request())) {
      response.putHeader(
          "Access-Control-Allow-Origin", context.request().getHeader(HttpHeaders.ORIGIN));
      response.putHeader("Access-Control-Expose-Headers", SHOWN);
    }
  }

  /**
   * Answers what a browser asks before it sends for a page of an allowed site; it brings no token.
   *
   * @return whether this was asked
   */
  boolean preflight(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean asked =
        request.method().name().equals("OPTIONS")
            && request.getHeader(ASKED) != null
            && allowed(request);
    if (asked) {
      context
          .response()
          .setStatusCode(204)
          .putHeader("Access-Control-Allow-Methods", METHODS)
          .putHeader("Access-Control-Allow-Headers", TAKEN)
          .putHeader("Access-Control-Max-Age", "600")
          .end();
    }
    return asked;
  }

  /** Who may show an answer in a frame, as a content security policy says it. */
  String ancestors(HttpServerRequest request) {
    return framed(request) ? String.join(" ", settings.frames().orElse(List.of())) : "'none'";
  }

  /** Whether an answer may be framed at all: where the token is given it never may. */
  boolean framed(HttpServerRequest request) {
    return settings.frames().isPresent() && !Ground.SIGN_IN.equals(request.path());
  }
}
