package org.aitia.report.terminal;

import org.aitia.report.Cells;

/** Messages for the terminal, wrapped to its width. */
public final class MessageText {
  private MessageText() {}

  /** A paragraph under an indent. */
  public static String paragraph(String message, int indent, int width) {
    return new Sheet(width, false).text(message, indent).toString();
  }

  /**
   * Lines of two columns, the second wrapped under itself.
   *
   * @param second cells before the second column
   */
  public static String columns(String lines, int second, int width) {
    Sheet sheet = new Sheet(width, false);
    lines
        .lines()
        .forEach(
            line -> {
              int end = 0;
              while (end < line.length() && Cells.width(line.substring(0, end)) < second) {
                end++;
              }
              sheet.item(line.substring(0, end), line.substring(end));
            });
    return sheet.toString();
  }
}
