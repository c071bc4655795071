package org.aitia.cli.conversation;

import java.io.PrintWriter;
import org.aitia.report.terminal.MessageText;

/** Where a conversation is shown: whole texts as they are, messages wrapped to the width. */
final class Screen {
  private static final int INDENT = 2;

  private final PrintWriter out;
  private final int width;

  /**
   * A screen.
   *
   * @param width cells of a line
   */
  Screen(PrintWriter out, int width) {
    this.out = out;
    this.width = width;
  }

  /** A text that is laid out already. */
  void print(String text) {
    out.print(text);
    out.flush();
  }

  /** A message under the usual indent. */
  void say(String message) {
    print(MessageText.paragraph(message, INDENT, width));
  }
}
