package org.aitia.cli.output;

import java.util.Map;
import org.aitia.knowledge.Language;

/**
 * What the program runs in: environment variables and terminals.
 *
 * @param in whether standard input is a terminal
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param columns cells of a line
 */
public record Surroundings(
    Map<String, String> environment, boolean in, boolean out, boolean err, int columns) {
  /** Width of a page where no terminal tells. */
  public static final int PAGE = 100;

  private static final int MAX_COLUMNS = 400;

  /**
   * This process. Java 17 cannot ask about one stream alone, so the launcher tells; without it, a
   * console means that both are terminals.
   */
  @SuppressWarnings(
      "SystemConsoleNull") // from Java 22 on there always is one: the launcher knows better
  public static Surroundings ofProcess() {
    String told = System.getProperty("aitia.terminals");
    boolean console = System.console() != null;
    return new Surroundings(
        System.getenv(),
        told == null ? console : told.contains("in"),
        told == null ? console : told.contains("out"),
        told == null ? console : told.contains("err"),
        columns(System.getenv("COLUMNS"), System.getProperty("aitia.columns")));
  }

  private static int columns(String... said) {
    for (String text : said) {
      if (text != null && text.matches("[1-9]\\d{0,3}")) {
        return Math.min(MAX_COLUMNS, Integer.parseInt(text));
      }
    }
    return PAGE;
  }

  /** The language asked for, or that of the locale. */
  Language language(String asked) {
    if (asked != null) {
      return Language.of(asked);
    }
    for (String variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        return Language.of(value);
      }
    }
    return Language.EN;
  }

  /** Whether standard output is written in colour. */
  public boolean colour(Colour asked) {
    String no = environment.get("NO_COLOR");
    return switch (asked) {
      case always -> true;
      case never -> false;
      case auto -> out && (no == null || no.isEmpty()) && !"dumb".equals(environment.get("TERM"));
    };
  }

  /** When to use colour. */
  public enum Colour {
    auto,
    always,
    never
  }
}
