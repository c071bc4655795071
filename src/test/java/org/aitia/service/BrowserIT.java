package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The page in a real Chromium, as people use it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BrowserIT {
  private static final Path EXAMPLE = Path.of("examples", "dead-relu--bias-from-a-template");

  @TempDir static Path data;

  private static ServiceProcess service;
  private static Browser browser;
  private static String diagnosis;

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

  @Test
  @Order(1)
  void filesThatAreChosenBecomeADiagnosis() throws Exception {
    browser.open("/");
    String files =
        String.join(
            "\n",
            List.of("config.json", "metrics.csv", "record.run.jsonl").stream()
                .map(f -> EXAMPLE.resolve(f).toAbsolutePath().toString())
                .toList());
    browser.one("#files").sendKeys(files);
    assertThat(browser.one("#picked").getText()).contains("metrics.csv");
    browser.follow("#send .primary");
    assertThat(browser.path()).startsWith("/diagnoses/");
    diagnosis = browser.path();
    assertThat(browser.one(".answer").getText()).contains("Faulty");
    assertThat(browser.all(".likely li")).isNotEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(2)
  void theCurvesCanBeLookedInto() {
    browser.open(diagnosis);
    browser.one("[data-drawn=yes]");
    assertThat(browser.all(".uplot canvas")).hasSizeGreaterThan(1);
    // Epochs and steps have stacks of their own, and the panels of a stack share one axis.
    assertThat(browser.all(".panels")).hasSizeLessThanOrEqualTo(2);
    assertThat(browser.all(".panels figure svg").stream().noneMatch(WebElement::isDisplayed))
        .isTrue();
    browser.one("[data-tool=log]").click();
    browser.one("[data-drawn=yes]");
    // Each piece of evidence that is linked leads to a mark that is there.
    for (WebElement link : browser.all("a.to-mark")) {
      String id = link.getDomAttribute("href").substring(1);
      assertThat(browser.all("[id='" + id + "']")).hasSize(1);
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(3)
  void withoutScriptsItCanBeReadAndSent() {
    browser.scripts(false);
    try {
      browser.open(diagnosis);
      assertThat(browser.all(".panels figure svg").stream().allMatch(WebElement::isDisplayed))
          .isTrue();
      browser.open("/");
      browser.one("#files").sendKeys(EXAMPLE.resolve("metrics.csv").toAbsolutePath().toString());
      browser.follow("#send .primary");
      assertThat(browser.path()).startsWith("/diagnoses/");
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  @Order(4)
  void aWholeDialogue() {
    browser.open(diagnosis);
    browser.follow(".ask button");
    assertThat(browser.path()).startsWith("/sessions/");
    String question = browser.one("#h-question").getText();
    browser.follow(".choice button.link");
    assertThat(browser.one(".trial").getText()).contains("Only tried");
    assertThat(browser.all("#h-answers")).isEmpty();
    browser.follow(".trial .button");
    browser.one(".choice input").click();
    browser.follow(".question .primary");
    assertThat(browser.one("#h-answers").getText()).isEqualTo("Answers so far");
    assertThat(browser.all("#h-question")).noneMatch(q -> q.getText().equals(question));
    browser.follow(".likely a");
    assertThat(browser.one("#how").getText()).contains("before any evidence");
    browser.one("#note").sendKeys("the cable was loose");
    browser.follow("#notes .stacked > button");
    assertThat(browser.one(".note").getText()).contains("the cable was loose");
    browser.follow(".head form button");
    assertThat(browser.all("#h-answers")).isEmpty();
    assertThat(browser.one("#h-question").getText()).isEqualTo(question);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(5)
  void languageAndThemeAreRemembered() {
    browser.open("/");
    browser.follow("button[value=zh]");
    assertThat(browser.one("html").getDomAttribute("lang")).isEqualTo("zh-Hans");
    browser.follow("button.theme");
    browser.follow("button.theme");
    browser.open("/knowledge");
    assertThat(browser.one("html").getDomAttribute("data-theme")).isEqualTo("dark");
    assertThat(browser.one("h1").getText()).isEqualTo("知识库");
    browser.follow("button.theme");
    browser.follow("button[value=en]");
    assertThat(browser.one("html").getDomAttribute("data-theme")).isNull();
  }

  @Test
  @Order(6)
  void theContractOfTheApiCanBeReadAndTried() {
    browser.open("/openapi");
    browser.one("#api .opblock-summary-path");
    assertThat(browser.one("#api").getText()).contains("/api/v1/diagnoses/batch");
    browser.one("#operations-runs-listRuns button").click();
    browser.one("#operations-runs-listRuns .try-out__btn").click();
    browser.one("#operations-runs-listRuns .execute").click();
    assertThat(browser.one("#operations-runs-listRuns .live-responses-table").getText())
        .contains("200");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(6)
  void comparisonAndKnowledge() {
    browser.open(diagnosis);
    browser.follow("#compare button");
    assertThat(browser.path()).startsWith("/diagnoses/").isNotEqualTo(diagnosis);
    assertThat(browser.all("#reference")).hasSize(1);
    browser.open("/knowledge?q=dead-relu");
    browser.follow(".entries a");
    assertThat(browser.one("article h1").getText()).isNotEmpty();
  }

  @Test
  @Order(7)
  void everyViewFitsAPhoneAndAll() throws Exception {
    String session = begun();
    Map<String, String> views =
        Map.of(
            "start", "/",
            "diagnosis", diagnosis,
            "session", session,
            "report", "/report",
            "knowledge", "/knowledge",
            "entry", "/knowledge/dead-relu",
            "problem", "/nowhere");
    for (Map.Entry<String, String> view : views.entrySet()) {
      for (int width : new int[] {1280, 390}) {
        browser.size(width, 900);
        browser.open(view.getValue());
        Number wide = (Number) browser.run("return document.documentElement.scrollWidth");
        assertThat(wide.intValue()).as(view.getKey() + " at " + width).isLessThanOrEqualTo(width);
        if (view.getKey().equals("diagnosis")) {
          browser.one("[data-drawn=yes]");
        }
        for (boolean dark : new boolean[] {false, true}) {
          browser.dark(dark);
          assertThat(browser.barriers()).as(view.getKey() + (dark ? " dark" : "")).isEmpty();
          browser.picture(view.getKey() + "-" + width + (dark ? "-dark" : ""));
        }
        browser.dark(false);
      }
    }
  }

  private static String begun() {
    browser.open(diagnosis);
    browser.follow(".ask button");
    return browser.path();
  }
}
