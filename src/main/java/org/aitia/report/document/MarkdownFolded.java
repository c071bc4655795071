package org.aitia.report.document;

import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** What few need of a diagnosis as Markdown: closed until asked for. */
final class MarkdownFolded {
  private static final int MAX_OBSERVATIONS = 200;

  private final Diagnosis d;
  private final Words words;
  private final Excerpt excerpt;
  private final Story story;
  private final MarkdownPage out;

  MarkdownFolded(Diagnosis diagnosis, Words words, Excerpt excerpt, Story story, MarkdownPage out) {
    this.d = diagnosis;
    this.words = words;
    this.excerpt = excerpt;
    this.story = story;
    this.out = out;
  }

  void ruledOut() {
    if (d.ruledOut().isEmpty()) {
      return;
    }
    out.open("heading-ruled-out", d.ruledOut().size());
    for (Diagnosis.RuledOut r : d.ruledOut()) {
      out.append("- **").append(Markdown.text(r.name())).append("**").append(words.say("colon"));
      out.append(Markdown.text(r.because())).append('\n');
    }
    out.close();
  }

  void notChecked() {
    if (d.notChecked().isEmpty()) {
      return;
    }
    out.open("heading-not-checked", d.notChecked().size());
    for (Excerpt.Group group : excerpt.groups()) {
      Diagnosis.Provide p = group.provide();
      if (p != null) {
        out.line("**" + Markdown.text(story.provide(p)) + "**  \n" + Markdown.prose(p.how()));
      }
      for (Diagnosis.NotChecked n : group.checks()) {
        out.append("- ").append(Markdown.prose(n.text())).append("  \n  ");
        out.append(Markdown.text(words.say("missing", n.missing()))).append(" · ");
        out.append(Markdown.prose(n.how())).append('\n');
      }
      out.append('\n');
    }
    out.close();
  }

  void observations() {
    if (d.observations().isEmpty()) {
      return;
    }
    out.open("heading-observations", d.observations().size());
    out.table("column-id", "column-measure", "column-value", "column-where");
    d.observations().stream()
        .limit(MAX_OBSERVATIONS)
        .forEach(
            o ->
                out.row(
                    Markdown.text(o.id()),
                    Markdown.code(o.measure()),
                    Markdown.text(
                        (o.value() instanceof Number v
                                ? Words.number(v.doubleValue())
                                : String.valueOf(o.value()))
                            + words.unit(o.unit())),
                    Markdown.code(excerpt.place(o))));
    out.append('\n');
    if (d.observations().size() > MAX_OBSERVATIONS) {
      out.line(words.say("more-evidence", d.observations().size() - MAX_OBSERVATIONS));
    }
    out.close();
  }

  void files() {
    if (d.files().isEmpty()) {
      return;
    }
    out.open("heading-files", d.files().size());
    out.table("column-file", "column-format", "column-state", "column-note");
    for (Diagnosis.File f : d.files()) {
      out.row(
          Markdown.code(f.file()),
          f.format() == null ? "" : Markdown.code(f.format()),
          Markdown.text(words.sayOr("file-" + f.state(), f.state())),
          Markdown.text(f.message()));
    }
    out.append('\n');
    out.close();
  }
}
