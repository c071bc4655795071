package org.aitia.service.page;

import java.util.List;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.Words;

/**
 * What stands around every page, as its template names it.
 *
 * @param theme {@code light} or {@code dark}; empty for what the browser prefers
 * @param here the address of this page, to come back to; {@code /} where it cannot be asked again
 * @param secured whether the service has a token, so that one can sign out
 * @param assets address of the folder that holds styles and scripts
 */
public record Frame(
    Knowledge knowledge, Words words, String theme, String here, boolean secured, String assets) {
  /** An entry of the navigation. */
  public record Link(String href, String name, boolean current) {}

  public String language() {
    return words.language() == Language.ZH ? "zh-Hans" : "en";
  }

  /** The languages to choose from. */
  public List<Option> languages() {
    boolean chinese = words.language() == Language.ZH;
    return List.of(
        new Option("en", "EN", "en", !chinese), new Option("zh", "中文", "zh-Hans", chinese));
  }

  /**
   * A choice.
   *
   * @param lang of its label
   */
  public record Option(String value, String label, String lang, boolean chosen) {}

  /** The navigation. */
  public List<Link> links() {
    return List.of(
        link("/", "site-nav-start"),
        link("/overview", "site-nav-overview"),
        link("/runs", "site-nav-runs"),
        link("/report", "site-nav-report"),
        link("/knowledge", "site-nav-knowledge"));
  }

  private Link link(String href, String term) {
    String path = here.replaceAll("\\?.*", "");
    return new Link(
        href,
        words.say(term),
        href.equals("/") ? path.matches("/(diagnoses/.*)?") : path.startsWith(href));
  }

  /** What the theme turns to next. */
  public String nextTheme() {
    return switch (theme) {
      case "light" -> "dark";
      case "dark" -> "auto";
      default -> "light";
    };
  }

  /** The theme's id, with {@code auto} for what the browser prefers. */
  public String shownTheme() {
    return theme.isEmpty() ? "auto" : theme;
  }
}
