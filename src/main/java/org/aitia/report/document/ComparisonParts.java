package org.aitia.report.document;

import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Words;

/** Comparisons with other runs, as sections of a Markdown document. */
final class ComparisonParts {
  private final Words words;

  ComparisonParts(Words words) {
    this.words = words;
  }

  String markdown(Diagnosis.Reference reference) {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(words.say("heading-reference", Markdown.code(reference.source())));
    out.append("\n\n").append(Markdown.prose(reference.summary())).append("\n\n");
    for (Diagnosis.Finding f : reference.findings()) {
      out.append("- ").append(Markdown.text(f.text())).append('\n');
    }
    out.append(reference.findings().isEmpty() ? "" : "\n");
    if (!reference.differences().isEmpty()) {
      String[] columns = {"column-difference", "column-effect", "column-may-mean"};
      out.append("| ");
      for (String column : columns) {
        out.append(words.say(column)).append(" | ");
      }
      out.append("\n|").append(" --- |".repeat(columns.length)).append('\n');
      for (Diagnosis.Difference d : reference.differences()) {
        out.append("| ").append(Markdown.text(d.text()));
        out.append(" | ").append(Markdown.text(d.effect()));
        out.append(" | ").append(Markdown.text(words.causes(d.causes()))).append(" |\n");
      }
      out.append('\n');
    }
    if (!reference.agreements().isEmpty()) {
      out.append(Markdown.text(words.say("agrees", agreed(reference)))).append("\n\n");
    }
    return out.toString();
  }

  String markdown(Diagnosis.Previous previous) {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(words.say("heading-previous", Markdown.code(previous.source())));
    out.append("\n\n").append(Markdown.prose(previous.summary())).append("\n\n");
    for (Compared.Group group : Compared.groups(previous)) {
      out.append("**").append(words.say("heading-" + group.id())).append("**\n");
      group.texts().forEach(t -> out.append("- ").append(Markdown.text(t)).append('\n'));
      out.append('\n');
    }
    return out.toString();
  }

  private String agreed(Diagnosis.Reference reference) {
    return String.join(words.say("comma"), reference.agreements());
  }
}
