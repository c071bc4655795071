package org.aitia.service.intake;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Ground;
import org.aitia.service.guard.Guard;
import org.aitia.service.guard.Places;
import org.aitia.service.guard.Problems;
import org.aitia.service.guard.UnderWay;
import org.aitia.service.store.DataFolder;

/**
 * Takes bodies in, before any thread or place is spent on them: to a file, as fast as they come. A
 * body that is slow needs a place among the slow ones, and one that is too slow is cut off.
 */
@ApplicationScoped
public class Arrivals implements UnderWay {
  /** After the guard, before everything else. */
  private static final int SECOND = Guard.FIRST - 1;

  private static final Pattern RUNS =
      Pattern.compile("/api/v1/(diagnoses(/batch)?|sessions(/[^/]+/runs)?)");
  private static final Pattern PARTS =
      Pattern.compile("/api/v1/sessions/[^/]+/(notes|answers/[^/]+)");
  private static final String HOOKS = "/api/v1/webhooks";
  private static final Pattern LINES = Pattern.compile("/api/v1/runs/[^/]+/lines");

  /** Lines of a record at once, in bytes. */
  private static final long MAX_LINES = 4L << 20;

  private static final Pattern UPLOADS = Pattern.compile("/diagnoses|/sessions/[^/]+/runs");
  private static final Pattern BEGINS_EMPTY = Pattern.compile("/api/v1/sessions");
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern TYPE =
      Pattern.compile("(" + TOKEN + "/" + TOKEN + ")\\s*(;[^\\p{Cntrl}]*)?");
  private static final Set<String> REPORTS = Set.of("application/json", "application/yaml");
  private static final Set<String> FILES =
      Set.of(
          "application/x-ndjson",
          "application/jsonl",
          "application/gzip",
          "application/zip",
          "multipart/form-data");

  @Inject Settings settings;
  @Inject Vertx vertx;
  @Inject DataFolder folder;

  private final Set<Arrival> arriving = ConcurrentHashMap.newKeySet();
  private Places slow;

  @PostConstruct
  void open() {
    slow = new Places(settings.queue(), settings.perClient());
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, SECOND);
  }

  private void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    boolean run = is(request, "POST") && RUNS.matcher(path).matches();
    boolean lines = is(request, "POST") && LINES.matcher(path).matches();
    boolean part =
        is(request, "PUT") && PARTS.matcher(path).matches()
            || is(request, "POST") && path.equals(HOOKS);
    boolean page = is(request, "POST") && Ground.page(request);
    boolean agent = is(request, "POST") && path.equals(Ground.AGENTS);
    if (!run && !lines && !part && !page && !agent) {
      context.next();
      return;
    }
    try {
      if (hasBody(request)) {
        long limit = limit(request, path, part || agent);
        receive(context, lines ? Math.min(limit, MAX_LINES) : limit);
      } else if (part || page || BEGINS_EMPTY.matcher(path).matches()) {
        context.next();
      } else {
        throw empty();
      }
    } catch (Problem problem) {
      Guard.refuse(context, problem);
    }
  }

  private static boolean is(HttpServerRequest request, String method) {
    return request.method().name().equals(method);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || length != null && !length.matches("0+");
  }

  static Problem empty() {
    return Problem.of(400, "empty-body", "nothing was sent");
  }

  private long limit(HttpServerRequest request, String path, boolean small) {
    if (Ground.page(request)) {
      return ofForm(request, path);
    }
    long limit = limit(request, small);
    // A message of an agent may hold a log.
    return path.equals(Ground.AGENTS) ? settings.upload().maxReport() : limit;
  }

  /** The most bytes that a body of its kind may have. */
  private long limit(HttpServerRequest request, boolean part) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("send the body without Content-Encoding");
    }
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (given == null) {
      throw unsupported("the request says nothing of its body's kind: send a Content-Type");
    }
    var type = TYPE.matcher(given.strip());
    if (!type.matches()) {
      throw Problem.field(400, "bad-request", "Content-Type", "is no media type");
    }
    String plain = type.group(1).toLowerCase(Locale.ROOT);
    if (part) {
      if (plain.equals("application/json")) {
        return Bodies.MAX_BYTES;
      }
      throw unsupported("send application/json");
    }
    if (REPORTS.contains(plain)) {
      return settings.upload().maxReport();
    }
    if (FILES.contains(plain)) {
      return settings.upload().maxBytes();
    }
    throw unsupported(Problems.KINDS);
  }

  /** The most bytes that a form of the page may have: files go where they are asked for. */
  private long ofForm(HttpServerRequest request, String path) {
    String given = String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE)).strip();
    String plain = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (plain.equals("multipart/form-data") && UPLOADS.matcher(path).matches()) {
      return settings.upload().maxBytes();
    }
    if (plain.equals("application/x-www-form-urlencoded")) {
      return Bodies.MAX_BYTES;
    }
    throw unsupported("send what a form of the page sends");
  }

  private static Problem unsupported(String detail) {
    return Problem.of(415, "unsupported-media-type", detail);
  }

  private void receive(RoutingContext context, long limit) {
    if (Guard.length(context.request()) > limit) {
      throw Problem.tooLarge(limit);
    }
    Arrival arrival = new Arrival(vertx, context, settings.upload(), limit, slow);
    arriving.add(arrival);
    context.addEndHandler(
        done -> {
          arriving.remove(arrival);
          arrival.discard();
        });
    arrival.into(folder.body());
  }

  /** Cuts all off that are still arriving. */
  @Override
  public void cancelAll(String reason) {
    arriving.forEach(a -> a.cancel(reason));
  }

  /** Bodies that have begun and are not whole yet. */
  public long arriving() {
    return arriving.stream().filter(a -> !a.whole()).count();
  }
}
