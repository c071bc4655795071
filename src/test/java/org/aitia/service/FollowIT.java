package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that follow what others change, in a real Chromium. */
final class FollowIT {
  private static final String HEAD =
      "{\"type\":\"run\",\"schema\":\"run-record/1\",\"task\":\"classification\",\"classes\":10}\n"
          + "{\"type\":\"config\",\"optimizer\":{\"name\":\"SGD\",\"learning_rate\":5.0}}\n";

  @TempDir static Path data;

  private static ServiceProcess service;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    service = ServiceProcess.start(data, Map.of());
    browser = Browser.start("en", service.to("").build().uri().toString());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    service.close();
  }

  private static void send(String lines) throws Exception {
    assertThat(
            service
                .send(
                    "POST",
                    "/api/v1/runs/seen/lines",
                    "application/x-ndjson",
                    lines.getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(200);
  }

  private static String steps(int from, int to, boolean lost) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append("{\"type\":\"step\",\"step\":").append(i).append(",\"loss\":");
      lines.append(lost ? "\"NaN\"" : String.valueOf(2.3 - i * 0.01)).append("}\n");
    }
    return lines.toString();
  }

  @Test
  void theRunChangesByItself() throws Exception {
    send("{\"type\":\"of another version\"}\n");
    browser.open("/runs");
    browser.follow(".latest a");
    assertThat(browser.text()).contains("says nothing yet");
    browser.run("window.stays = 1");
    send(HEAD + steps(0, 30, false));
    browser.one(".panels");
    browser.one("[data-drawn=yes]");
    assertThat(browser.one(".going").getText()).contains("33 lines");
    browser.picture("live");
    assertThat(browser.barriers()).isEmpty();
    send(steps(30, 40, true));
    browser.one(".answer.faulty");
    assertThat(browser.all(".uplot canvas")).isNotEmpty();
    // it is the same page: nothing was loaded anew
    assertThat(browser.run("return window.stays")).isEqualTo(1L);
    send("{\"type\":\"end\",\"status\":\"completed\"}\n");
    ServiceProcess.await(() -> browser.path().startsWith("/diagnoses/"));
    assertThat(browser.complaints()).isEmpty();
  }

  /** The id of a new session of which nothing is known. */
  private static String session() throws Exception {
    HttpRequest.Builder begin =
        service.to("/api/v1/sessions").POST(HttpRequest.BodyPublishers.noBody());
    return Contract.JSON.readTree(service.send(begin).body()).path("id").asText();
  }

  @Test
  void twoWhoAnswerSeeEachOther() throws Exception {
    browser.open("/report");
    String id = session();
    try (Browser other = Browser.start("en", service.to("").build().uri().toString())) {
      browser.open("/sessions/" + id);
      other.open("/sessions/" + id);
      assertThat(other.all("#h-answers")).isEmpty();
      browser.one(".choice input").click();
      browser.follow(".question .primary");
      // the other one sees it without doing anything
      assertThat(other.text("#h-answers")).isEqualTo("Answers so far");
      // who is writing is told, and keeps what he writes
      other.one("#note").sendKeys("half a sentence");
      browser.follow(".head form button");
      ServiceProcess.await(() -> other.one(".news").isDisplayed());
      assertThat(other.one("#note").getDomProperty("value")).isEqualTo("half a sentence");
      // a note harms nothing and is taken
      other.follow("#notes .stacked > button");
      assertThat(other.text(".note")).contains("half a sentence");
      assertThat(other.all("#h-answers")).isEmpty();
      assertThat(other.complaints()).isEmpty();
    }
  }

  @Test
  void anAnswerThatComesLateIsNeitherLostNorGiven() throws Exception {
    browser.open("/report");
    String id = session();
    browser.scripts(false);
    try {
      browser.open("/sessions/" + id);
      service.send(
          "PUT",
          "/api/v1/sessions/" + id + "/notes",
          "application/json",
          "{\"notes\": [\"first\"]}".getBytes(StandardCharsets.UTF_8),
          "If-Match",
          "*");
      String chosen = browser.one(".choice input").getDomProperty("value");
      browser.one(".choice input").click();
      browser.follow(".question .primary");
      assertThat(browser.one(".late").getText()).contains("not given yet");
      assertThat(browser.all("#h-answers")).isEmpty();
      assertThat(browser.one(".choice input:checked").getDomProperty("value")).isEqualTo(chosen);
      browser.follow(".question .primary");
      assertThat(browser.all("#h-answers")).hasSize(1);
      assertThat(browser.all(".late")).isEmpty();
    } finally {
      browser.scripts(true);
    }
  }
}
