package org.aitia.service.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.aitia.service.key.Right;

/** Whose ground a request treads: that of programs, or the page, which is for people. */
public final class Ground {
  /** Where agents call tools. */
  public static final String AGENTS = "/mcp";

  /** Where the token is given. */
  public static final String SIGN_IN = "/sign-in";

  /** What has no secrets in it. */
  private static final String ASSETS = "/assets/";

  private static final String HTML = "text/html";

  /** Whoever asks in a session may end it; all else belongs to others too. */
  private static final String TALKS = "/api/v1/sessions/";

  /** What concerns the browser alone. */
  private static final String OWN = "/(preferences|sign-out|sign-in)";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** A page loads nothing of others, runs and styles nothing that stands in it. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

  /** Reports carry their own styles and pictures, nothing else. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors ";

  private Ground() {}

  /** Whether it is the page's. */
  public static boolean page(HttpServerRequest request) {
    return request.path() != null && page(request.path());
  }

  static boolean page(String path) {
    return !within(path, "/api") && !within(path, "/q") && !within(path, AGENTS);
  }

  private static boolean within(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  /** Whether it is shown to who has not signed in. */
  static boolean open(HttpServerRequest request) {
    String path = request.path();
    return page(request) && (path.equals(SIGN_IN) || path.startsWith(ASSETS));
  }

  /** Whether a person waits for a page. */
  public static boolean reads(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return page(request) && accept != null && accept.contains(HTML);
  }

  /**
   * The content security policy of an answer.
   *
   * @param ancestors who may show it in a frame
   */
  static String policy(HttpServerRequest request, String ancestors) {
    return (page(request) && !report(request) ? PAGE_POLICY : REPORT_POLICY) + ancestors;
  }

  /** The report that stands alone brings its own styles. */
  private static boolean report(HttpServerRequest request) {
    return request.path().endsWith(".html");
  }

  /** What a token has to be good for; null where any token is. */
  static Right scope(HttpServerRequest request) {
    String path = request.path();
    String method = request.method().name();
    if (method.equals("DELETE")) {
      return path.startsWith(TALKS) ? Right.DIAGNOSE : Right.ADMIN;
    }
    if (method.equals("POST") && page(request)) {
      return path.matches(OWN) ? null : path.endsWith("/delete") ? Right.ADMIN : Right.DIAGNOSE;
    }
    return READING.contains(method) ? Right.READ : Right.DIAGNOSE;
  }

  /** Of the page's own forms a browser says where they came from only if it may tell. */
  static String referrer(HttpServerRequest request) {
    return page(request) ? "same-origin" : "no-referrer";
  }

  /** Where to sign in, and to come back to. */
  static String signIn(HttpServerRequest request) {
    return request.path().equals("/") || !request.method().name().equals("GET")
        ? SIGN_IN
        : SIGN_IN + "?to=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8);
  }
}
