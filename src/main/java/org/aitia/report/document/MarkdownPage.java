package org.aitia.report.document;

import org.aitia.report.Words;

/** A Markdown document that is being written. What is given as text stands as it is. */
final class MarkdownPage {
  private final Words words;
  private final StringBuilder out = new StringBuilder();

  MarkdownPage(Words words) {
    this.words = words;
  }

  MarkdownPage append(Object text) {
    out.append(text);
    return this;
  }

  void heading(String term) {
    line("## " + words.say(term));
  }

  /** A part that trackers show folded. */
  void open(String term, int count) {
    line("<details>\n<summary>" + words.say(term) + " (" + count + ")</summary>");
  }

  void close() {
    if (!out.toString().endsWith("\n\n")) {
      out.append('\n');
    }
    line("</details>");
  }

  void table(String... terms) {
    row(java.util.Arrays.stream(terms).map(words::say).toArray(String[]::new));
    out.append("|").append(" --- |".repeat(terms.length)).append('\n');
  }

  void row(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  void fence(String language, String text) {
    out.append("```").append(language).append('\n').append(text).append("```\n\n");
  }

  void line(String text) {
    out.append(text).append("\n\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
