package org.aitia.service.page;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.document.Templates;
import org.aitia.service.Problem;
import org.aitia.service.api.Negotiation;
import org.aitia.service.guard.Ground;
import org.aitia.service.guard.Guard;
import org.aitia.service.guard.ProblemPage;
import org.aitia.service.key.Keyring;
import org.aitia.service.work.Live;

/** Fills the templates of the page, in the language and theme of who reads it. */
@ApplicationScoped
public class Sheets implements ProblemPage {
  /** Cookies in which a browser keeps what was chosen. */
  static final String LANGUAGE = "aitia-language";

  static final String THEME = "aitia-theme";

  private static final Set<String> THEMES = Set.of("light", "dark");
  private static final String HTML = "text/html;charset=UTF-8";

  @Inject Live live;
  @Inject Keyring keys;
  @Inject Assets assets;

  /** Whether an answer may be compressed. */
  static boolean packs(RoutingContext context) {
    String encodings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    return encodings != null && encodings.contains("gzip");
  }

  /** The language that was chosen, else the one that the browser asks for. */
  static Language language(RoutingContext context) {
    String chosen = cookie(context, LANGUAGE);
    return Negotiation.language(
        "en".equals(chosen) || "zh".equals(chosen)
            ? chosen
            : context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private static String cookie(RoutingContext context, String name) {
    Cookie cookie = context.request().getCookie(name);
    return cookie == null ? "" : cookie.getValue();
  }

  Frame frame(RoutingContext context) {
    Knowledge knowledge = live.diagnoser().knowledge();
    String theme = cookie(context, THEME);
    boolean again = context.request().method().name().equals("GET");
    return new Frame(
        knowledge,
        new Words(knowledge, language(context)),
        THEMES.contains(theme) ? theme : "",
        again ? context.request().uri() : "/",
        keys.locked(),
        assets.folder());
  }

  /**
   * A page.
   *
   * @param template its name
   * @param data what it names besides the frame
   */
  Response page(RoutingContext context, int status, String template, Map<String, Object> data) {
    Frame frame = frame(context);
    byte[] body = fill(frame, template, data).getBytes(StandardCharsets.UTF_8);
    boolean packed = packs(context);
    Response.ResponseBuilder response =
        Response.status(status)
            .entity(packed ? Assets.pack(body) : body)
            .type(HTML)
            .header("Content-Language", frame.words().language().tag())
            .header("Vary", "Accept-Encoding, Accept-Language, Cookie")
            .header("Cache-Control", "private, no-cache");
    return (packed ? response.header("Content-Encoding", "gzip") : response).build();
  }

  /** Values for a script. */
  static Response json(RoutingContext context, Object value) {
    byte[] body = DiagnosisJson.lines().write(value).getBytes(StandardCharsets.UTF_8);
    boolean packed = packs(context);
    Response.ResponseBuilder response =
        Response.ok(packed ? Assets.pack(body) : body)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .header("Vary", "Accept-Encoding, Accept-Language, Cookie")
            .header("Cache-Control", "private, no-cache");
    return (packed ? response.header("Content-Encoding", "gzip") : response).build();
  }

  private static String fill(Frame frame, String template, Map<String, Object> data) {
    Map<String, Object> all = new HashMap<>(data);
    all.put("frame", frame);
    return Templates.fill("page/" + template, frame.words(), all);
  }

  /** On to another page, after something was done. */
  static Response to(String path) {
    return Response.seeOther(URI.create(path)).header("Cache-Control", "no-store").build();
  }

  /** Whether a script of the page asks, which shows what comes of it by itself. */
  static boolean scripted(RoutingContext context) {
    return !Ground.reads(context.request());
  }

  /**
   * What a problem looks like.
   *
   * @param title what went wrong, by its kind
   * @param hint what to do about it
   */
  public record Refusal(int status, Problem problem, String request, String title, String hint) {}

  @Override
  public String of(Problem problem, RoutingContext context) {
    Frame frame = frame(context);
    String request = Guard.request(context);
    String kind = "site-problem-" + kind(problem);
    return fill(
        frame,
        "problem.html",
        Map.of(
            "problem",
            new Refusal(
                problem.status(),
                problem,
                request == null ? "" : request,
                frame.words().say(kind),
                frame.words().say(kind + "-hint"))));
  }

  private static String kind(Problem problem) {
    return switch (problem.status()) {
      case 404 -> "none";
      case 401, 403 -> "refused";
      case 408, 413, 414, 431 -> "large";
      case 409, 412, 428 -> "changed";
      case 429, 503, 507 -> "later";
      default -> problem.status() < 500 ? "input" : "own";
    };
  }
}
