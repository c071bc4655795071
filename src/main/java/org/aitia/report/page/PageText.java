package org.aitia.report.page;

import java.util.List;
import org.aitia.report.Words;

/** A page of the knowledge base that is being written as Markdown. */
final class PageText {
  private final Words words;
  private final StringBuilder out = new StringBuilder();
  private boolean inList;

  PageText(Words words) {
    this.words = words;
  }

  /** The heading, with what it is and its id below; a rule's name is its id. */
  PageText title(String title, String kind, String id) {
    out.append("# ").append(title).append("\n\n");
    return paragraph(words.say(kind) + (id == null ? "" : " `" + id + "`"));
  }

  /** A heading of the first level alone. */
  PageText heading(String title) {
    return paragraph("# " + title);
  }

  PageText paragraph(String text) {
    end();
    out.append(text).append("\n\n");
    return this;
  }

  /** A line of the list of facts; the label is a term, or stands for itself. */
  PageText fact(String label, String value) {
    if (value != null && !value.isBlank()) {
      out.append("- **")
          .append(words.sayOr(label, label))
          .append("**")
          .append(words.say("colon"))
          .append(value)
          .append('\n');
      inList = true;
    }
    return this;
  }

  /** A section with a list; nothing when the list is empty. */
  PageText list(String heading, List<String> items) {
    if (!items.isEmpty()) {
      paragraph("## " + words.say(heading));
      items(items);
    }
    return this;
  }

  /** A list under the heading that stands already. */
  PageText items(List<String> items) {
    items.forEach(i -> out.append("- ").append(i).append('\n'));
    inList = true;
    return this;
  }

  PageText code(String language, String text) {
    return paragraph("```" + language + "\n" + text + "\n```");
  }

  private void end() {
    if (inList) {
      out.append('\n');
      inList = false;
    }
  }

  @Override
  public String toString() {
    return out.toString().strip() + "\n";
  }
}
