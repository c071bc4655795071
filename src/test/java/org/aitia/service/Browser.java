package org.aitia.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window. */
final class Browser implements AutoCloseable {
  private static final List<Path> BROWSERS =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;
  private final String address;

  private Browser(ChromeDriver driver, String address) {
    this.driver = driver;
    this.address = address;
  }

  /**
   * Starts it; the test is skipped where there is none, unless it may not be.
   *
   * @param language that it asks for
   * @param address of the service
   */
  static Browser start(String language, String address) throws IOException {
    Path browser = BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    boolean found = browser != null && Files.isExecutable(DRIVER);
    if (!found && "required".equals(System.getenv("AITIA_TEST_BROWSER"))) {
      throw new IllegalStateException("no chromium and chromedriver in /usr/bin");
    }
    Assumptions.assumeTrue(found, "no chromium and chromedriver in /usr/bin: page not tested");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--lang=" + language,
        "--user-data-dir=" + Files.createTempDirectory("browser"));
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
    driver.manage().window().setSize(new Dimension(1280, 900));
    Browser started = new Browser(driver, address);
    started.dark(false);
    return started;
  }

  Browser open(String path) {
    driver.get(address + path);
    return this;
  }

  /** Sets the width and height of the window; narrow ones need a device to be played. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  /** What its user prefers; nothing moves by itself, so that a click meets what it is meant for. */
  void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-reduced-motion", "value", "reduce"),
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  void scripts(boolean on) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
  }

  /** The text of what a page shows, which may put itself anew while it is read. */
  String text(String css) {
    return new WebDriverWait(driver, Duration.ofSeconds(40))
        .ignoring(StaleElementReferenceException.class)
        .until(d -> d.findElement(By.cssSelector(css)).getText());
  }

  WebElement one(String selector) {
    return new WebDriverWait(driver, Duration.ofSeconds(40))
        .until(d -> d.findElements(By.cssSelector(selector)).stream().findFirst().orElse(null));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Clicks, and waits for the page that comes. */
  void follow(String selector) {
    WebElement page = driver.findElement(By.tagName("html"));
    WebElement target = one(selector);
    target.click();
    new WebDriverWait(driver, Duration.ofSeconds(60)).until(d -> gone(page));
  }

  private static boolean gone(WebElement element) {
    try {
      element.isEnabled();
      return false;
    } catch (org.openqa.selenium.WebDriverException e) {
      return true;
    }
  }

  String path() {
    return java.net.URI.create(driver.getCurrentUrl()).getPath();
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  Object run(String script, Object... values) {
    return driver.executeScript(script, values);
  }

  void accept() {
    driver.switchTo().alert().accept();
  }

  /** What the browser complained about since it was asked last: refused scripts, failed loads. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What keeps people out of the page that is shown, of what axe calls serious or critical. */
  @SuppressWarnings("unchecked")
  List<String> barriers() throws IOException {
    if (Boolean.TRUE.equals(driver.executeScript("return typeof axe === 'undefined'"))) {
      try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
        driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return (List<String>)
        driver.executeAsyncScript(
            "const done = arguments[0];"
                + "axe.run({resultTypes: ['violations']}).then(r => done(r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ' ' + v.nodes.slice(0, 3).map(n => n.html).join(' '))));");
  }

  /** A picture of the whole page, for whoever wants to look at it. */
  void picture(String name) throws IOException {
    String folder = System.getenv("AITIA_TEST_PICTURES");
    if (folder != null) {
      Map<String, Object> shot =
          driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
      Files.createDirectories(Path.of(folder));
      Files.write(
          Path.of(folder, name + ".png"),
          java.util.Base64.getDecoder().decode((String) shot.get("data")));
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
