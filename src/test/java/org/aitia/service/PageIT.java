package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page without a browser: what is sent, to whom, and what is refused. */
final class PageIT {
  private static final String TOKEN = "a-token-of-sixteen-and-more";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String HTML = "text/html";

  /** Of a first view, compressed, besides the library that draws curves. */
  private static final int MAX_VIEW = 100_000;

  @TempDir static Path data;

  private static ServiceProcess service;
  private static String seal;

  @BeforeAll
  static void start() throws Exception {
    Path token = Files.writeString(data.resolve("token"), TOKEN);
    service = ServiceProcess.start(data, Map.of(), "--token-file", token.toString());
    HttpResponse<String> signed = post("/sign-in", "token=" + TOKEN + "&to=/report");
    assertThat(signed.statusCode()).isEqualTo(303);
    assertThat(signed.headers().firstValue("Location").orElse("")).endsWith("/report");
    String cookie = signed.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Strict");
    assertThat(cookie).doesNotContain(TOKEN);
    seal = cookie.replaceAll(";.*", "");
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  private static HttpResponse<String> post(String path, String fields, String... headers)
      throws Exception {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Accept";
    all[headers.length + 1] = HTML;
    return service.send("POST", path, FORM, fields.getBytes(StandardCharsets.UTF_8), all);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
    System.arraycopy(new String[] {"Accept", HTML, "Cookie", seal}, 0, all, headers.length, 4);
    return service.get(path, all);
  }

  @Test
  void whoIsNotSignedInIsSentThere() throws Exception {
    HttpResponse<String> start = service.get("/knowledge?q=relu", "Accept", HTML);
    assertThat(start.statusCode()).isEqualTo(303);
    assertThat(start.headers().firstValue("Location"))
        .hasValue("/sign-in?to=%2Fknowledge%3Fq%3Drelu");
    assertThat(service.get("/", "Accept", "application/json").statusCode()).isEqualTo(401);
    assertThat(post("/sign-in", "token=wrong").statusCode()).isEqualTo(403);
    String[] forged = {"Cookie", "aitia-seal=9999999999." + "0".repeat(64), "Accept", HTML};
    assertThat(service.get("/", forged).statusCode()).isEqualTo(303);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void theSealOpensThePageAlone() throws Exception {
    assertThat(service.get("/api/v1/diagnoses", "Cookie", seal).statusCode()).isEqualTo(401);
    assertThat(service.get("/q/metrics", "Cookie", seal).statusCode()).isEqualTo(401);
  }

  @Test
  void otherSitesCannotUseIt() throws Exception {
    String[] foreign = {"Cookie", seal, "Origin", "https://elsewhere.example"};
    assertThat(post("/examples/learning-rate-too-high--loss-nan", "", foreign).statusCode())
        .isEqualTo(403);
    HttpResponse<String> led = post("/sign-in", "token=" + TOKEN + "&to=//elsewhere.example/");
    assertThat(led.headers().firstValue("Location").orElse("")).doesNotContain("elsewhere");
  }

  @Test
  void nothingInAPageRunsOrStyles() throws Exception {
    HttpResponse<String> start = get("/");
    assertThat(start.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    for (String path : List.of("/", "/overview", "/report", "/knowledge", example())) {
      String page = get(path).body();
      assertThat(page).doesNotContainPattern("<script(?![^>]* src=)[^>]*>");
      assertThat(page)
          .doesNotContainPattern("<[^>]+\\s(style|on[a-z]+)=\"")
          .doesNotContain("<style");
    }
  }

  private static String example() throws Exception {
    HttpResponse<String> made =
        post("/examples/learning-rate-too-high--loss-nan", "", "Cookie", seal);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
    return made.headers().firstValue("Location").orElseThrow().replaceAll("^https?://[^/]+", "");
  }

  @Test
  void errorsArePagesForPeopleAndJsonForPrograms() throws Exception {
    HttpResponse<String> page = get("/no-such-thing", "Accept-Language", "zh");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith(HTML);
    assertThat(page.body()).contains("<html lang=\"zh-Hans\"");
    HttpResponse<String> json =
        service.get("/no-such-thing", "Cookie", seal, "Accept", "application/json");
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void whatNeverChangesIsKept() throws Exception {
    for (String asset : assets(get("/").body())) {
      HttpResponse<String> sent = service.get(asset);
      assertThat(sent.statusCode()).as(asset).isEqualTo(200);
      assertThat(sent.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(service.get("/assets/0/page.css").headers().firstValue("Cache-Control"))
        .hasValue("no-cache");
    assertThat(service.get("/assets/0/..%2Fpage.css").statusCode()).isEqualTo(404);
  }

  @Test
  void aFirstViewIsSmall() throws Exception {
    for (String path : List.of("/", "/knowledge", example())) {
      String page = get(path).body();
      int size = packed(page);
      for (String asset : assets(page)) {
        size += asset.contains("charts.js") ? 0 : packed(service.get(asset).body());
      }
      assertThat(size).as(path).isLessThan(MAX_VIEW);
    }
  }

  private static int packed(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.size();
  }

  private static List<String> assets(String page) {
    Matcher found = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(page);
    return found.results().map(m -> m.group(1)).distinct().toList();
  }

  @Test
  void aPageIsPackedForWhoCanUnpack() throws Exception {
    HttpResponse<String> start = get("/", "Accept-Encoding", "gzip");
    assertThat(start.headers().firstValue("Content-Encoding")).hasValue("gzip");
  }

  @Test
  void namesOfRunsAreText() throws Exception {
    String name = "<script>alert(1)</script>\"'&\u202Eevil " + "x".repeat(120);
    HttpResponse<String> made =
        service.send(
            "POST",
            "/api/v1/diagnoses?source="
                + URLEncoder.encode(
                    "<script>alert(1)</script>\"'& " + "x".repeat(120), StandardCharsets.UTF_8),
            "application/json",
            "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"loss-not-finite\"]}"
                .getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + TOKEN);
    assertThat(made.statusCode()).as(made.body() + name).isEqualTo(201);
    String place = made.headers().firstValue("Location").orElseThrow().replaceAll(".*/", "");
    for (String path : List.of("/diagnoses/" + place, "/")) {
      assertThat(get(path).body())
          .doesNotContain("<script>alert")
          .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }
  }

  @Test
  void theListIsFilteredAndGoesOn() throws Exception {
    for (int i = 0; i < 16; i++) {
      HttpResponse<String> sent =
          post("/report", "symptom=loss-not-finite&since=" + i + "&source=many", "Cookie", seal);
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    }
    String first = get("/?verdict=faulty").body();
    Matcher next = Pattern.compile("href=\"(/\\?[^\"]*before=[^\"]+)\"").matcher(first);
    boolean more = next.find();
    if (more) {
      assertThat(get(next.group(1).replace("&amp;", "&")).statusCode()).isEqualTo(200);
    }
    assertThat(get("/?verdict=odd").statusCode()).isEqualTo(400);
    assertThat(get("/?cause=class-imbalance").statusCode()).isEqualTo(200);
  }

  @Test
  void theReportOfTheFormIsWhatWasFilledIn() throws Exception {
    HttpResponse<String> wrong = post("/report", "classes=many", "Cookie", seal);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("classes");
    HttpResponse<String> sent =
        post(
            "/report",
            "task=classification&classes=10&target=0.9&train-metric=0.99&validation-metric=0.6"
                + "&symptom=gap-counts&optimizer=SGD&learning-rate=0.1&source=by+hand",
            "Cookie",
            seal);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    assertThat(get(sent.headers().firstValue("Location").orElseThrow()).body()).contains("by hand");
  }
}
