package org.aitia.report.terminal;

/** How a piece of text stands out on a terminal. */
public enum Ink {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36");

  private static final String ESCAPE = "\u001b[";
  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** The text in this ink, or as it is where colour is off. */
  public String on(String text, boolean colour) {
    return colour && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
