package org.aitia.service.guard;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.regex.Pattern;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Stands before every path, health and metrics too: names the request, has the {@link Gate} look at
 * who comes, sets the security headers, and writes the access log.
 */
@ApplicationScoped
public class Guard {
  private static final Logger LOG = Logger.getLogger("aitia.access");
  private static final String CALLER = "aitia.caller";
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PAGE = "aitia.page";
  private static final String WORK = "/api/";
  private static final String STREAM = "/events";
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Longest address with its query: RFC 9110 (4.1) wants 8,000 at least. */
  private static final int MAX_URI = 8192;

  /** Longest head of a request, in bytes without the first line. */
  private static final int MAX_HEAD = 16_384;

  /** Of a body that is refused so much is still read, and for so long. */
  private static final long LINGER_BYTES = 1 << 20;

  private static final long LINGER_MILLIS = 1_000;

  /** Before all filters of the framework. */
  public static final int FIRST = 1_000;

  @Inject Settings settings;
  @Inject Gate gate;
  @Inject Origins origins;
  @Inject Drain drain;
  @Inject ProblemPage page;

  void register(@Observes Filters filters) {
    Impatience.use(settings);
    filters.register(this::handle, FIRST);
  }

  /** What the router refuses by itself, such as a request without a host. */
  void errors(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
  }

  private void failed(RoutingContext context) {
    int status = context.statusCode();
    if (caller(context) == null) {
      name(context);
    }
    refuse(
        context,
        status >= 400 && status < 500
            ? Problems.plain(status, context)
            : Problems.of(context.failure()));
  }

  /** Who waits for the answer. */
  public static Caller caller(RoutingContext context) {
    return context.get(CALLER);
  }

  /** Id of a request: the caller's own if it is a plain word. */
  public static String request(RoutingContext context) {
    Caller caller = caller(context);
    return caller == null ? null : caller.request();
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    name(context);
    context.put(PAGE, page);
    if (origins.preflight(context)) {
      return;
    }
    Problem problem = refusal(context);
    if (problem == null && works(request)) {
      problem = enter(context);
    }
    if (problem == null) {
      context.next();
    } else {
      refuse(context, problem);
    }
  }

  private static boolean works(HttpServerRequest request) {
    String path = request.path();
    // who looks on is not waited for at the end
    return path != null
        && !path.endsWith(STREAM)
        && (path.startsWith(WORK) || path.equals(Ground.AGENTS) || Ground.page(request));
  }

  /** A problem as a page; null for who does not wait for one. */
  public static String page(Problem problem, RoutingContext context) {
    ProblemPage page = context.get(PAGE);
    return page != null && Ground.reads(context.request()) ? page.of(problem, context) : null;
  }

  /** Gives the request its id, by which its answer and the log know it. */
  private void name(RoutingContext context) {
    HttpServerRequest request = context.request();
    String given = request.getHeader("X-Request-Id");
    String id =
        given != null && REQUEST_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    Caller caller = new Caller(request.remoteAddress().hostAddress(), id);
    context.put(CALLER, caller);
    // All that is logged while this request is handled carries its id, whichever thread does it.
    MDC.put("request", id);
    headers(context, id);
    long begun = System.nanoTime();
    Impatience.busy(request.connection(), true);
    context.addEndHandler(
        done -> {
          Impatience.busy(request.connection(), false);
          log(context, id, begun, done.succeeded());
          if (done.failed()) {
            caller.leave("its client left");
          }
        });
  }

  /** Counts a request until it ends. */
  private Problem enter(RoutingContext context) {
    if (!drain.enter()) {
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      return Problem.later(503, "shutting-down", "the service ends: ask another or come again", 5);
    }
    context.addEndHandler(done -> drain.leave());
    return null;
  }

  /**
   * Answers with a problem, before the request has come to a resource. What little is left of its
   * body is read first: a connection that is closed with something unread is reset, and the answer
   * may be lost with it.
   */
  public static void refuse(RoutingContext context, Problem problem) {
    HttpServerRequest request = context.request();
    boolean waits = request.getHeader("Expect") != null;
    if (request.isEnded() || waits || length(request) > LINGER_BYTES) {
      answer(context, problem);
      return;
    }
    long timer = context.vertx().setTimer(LINGER_MILLIS, late -> answer(context, problem));
    request.exceptionHandler(e -> context.vertx().cancelTimer(timer));
    request.handler(rest -> {});
    request.endHandler(
        end -> {
          context.vertx().cancelTimer(timer);
          answer(context, problem);
        });
    request.resume();
  }

  private static void answer(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String page = page(problem, context);
    boolean asked = problem.status() == 401 && page != null;
    response.setStatusCode(asked ? 303 : problem.status());
    if (asked) {
      response.putHeader(HttpHeaders.LOCATION, Ground.signIn(context.request()));
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, page == null ? Problem.TYPE : HTML);
    if (page == null) {
      response.putHeader(HttpHeaders.CONTENT_LANGUAGE, "en");
    }
    if (problem.status() == 401 && !asked) {
      response.putHeader("WWW-Authenticate", "Bearer realm=\"aitia\"");
    }
    if (problem.retryAfter() > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(problem.retryAfter()));
    }
    if (!context.request().isEnded()) {
      response.putHeader(HttpHeaders.CONNECTION, "close");
    }
    response.end(page == null ? problem.json(request(context)) : page);
  }

  private void headers(RoutingContext context, String id) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    response.putHeader("X-Request-Id", id);
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (!origins.framed(request)) {
      response.putHeader("X-Frame-Options", "DENY");
    }
    response.putHeader("Referrer-Policy", Ground.referrer(request));
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.putHeader(
        "Content-Security-Policy", Ground.policy(request, origins.ancestors(request)));
    origins.tell(context);
  }

  private Problem refusal(RoutingContext context) {
    HttpServerRequest request = context.request();
    Problem outside = gate.refusal(context, caller(context));
    if (outside != null) {
      return outside;
    }
    if (request.uri().length() > MAX_URI) {
      return Problem.of(
          414, "uri-too-long", "an address may have " + MAX_URI + " characters at most");
    }
    if (BROKEN_ESCAPE.matcher(request.uri()).find()) {
      return Problem.of(400, "bad-request", "the address has a % without two hexadecimal digits");
    }
    if (head(request) > MAX_HEAD) {
      return Problem.of(
          431, "header-too-large", "a head may have " + MAX_HEAD + " characters at most");
    }
    if (length(request) > settings.upload().maxBytes()) {
      return Problem.tooLarge(settings.upload().maxBytes());
    }
    return null;
  }

  private static int head(HttpServerRequest request) {
    int length = 0;
    for (var header : request.headers()) {
      length += header.getKey().length() + header.getValue().length() + 4;
    }
    return length;
  }

  /** What {@code Content-Length} says; 0 without one. */
  public static long length(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !length.matches("\\d+")) {
      return 0;
    }
    return length.length() < 19 ? Long.parseLong(length) : Long.MAX_VALUE;
  }

  /** One line a request: no query, no body, no name of a file; status 0 when nobody took it. */
  private static void log(RoutingContext context, String id, long begun, boolean answered) {
    if (LOG.isInfoEnabled()) {
      MDC.put("request", id);
      LOG.infof(
          "%s %s %d %d ms",
          context.request().method(),
          Problems.path(context),
          answered ? context.response().getStatusCode() : 0,
          (System.nanoTime() - begun) / 1_000_000);
    }
  }
}
