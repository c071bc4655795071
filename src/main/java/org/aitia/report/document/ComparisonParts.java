package org.aitia.report.document;

import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Words;
import org.aitia.report.terminal.ComparisonLines;

/** Comparisons with other runs, as sections of a Markdown document or an HTML page. */
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
    if (!previous.changes().isEmpty()) {
      out.append("**").append(words.say("heading-changes")).append("**\n");
      previous
          .changes()
          .forEach(c -> out.append("- ").append(Markdown.text(c.text())).append('\n'));
      out.append('\n');
    }
    outcomes(previous)
        .forEach(
            (term, items) -> {
              if (!items.isEmpty()) {
                out.append("**").append(words.say(term)).append("**\n");
                items.forEach(i -> out.append("- ").append(Markdown.text(said(i))).append('\n'));
                out.append('\n');
              }
            });
    return out.toString();
  }

  /** The inside of the section of an HTML page. */
  String html(Diagnosis.Reference reference) {
    Html out = new Html();
    out.prose("p", null, reference.summary());
    list(out, reference.findings().stream().map(Diagnosis.Finding::text).toList());
    if (!reference.differences().isEmpty()) {
      out.open("div", "scroll").open("table", "stack").raw("<thead><tr>");
      for (String column : List.of("column-difference", "column-effect", "column-may-mean")) {
        out.raw("<th scope=\"col\">" + Html.escape(words.say(column)) + "</th>");
      }
      out.raw("</tr></thead>\n<tbody>\n");
      for (Diagnosis.Difference d : reference.differences()) {
        out.open("tr", null).prose("td", null, d.text()).prose("td", null, d.effect());
        out.text("td", null, words.causes(d.causes())).close("tr");
      }
      out.raw("</tbody></table></div>\n");
    }
    if (!reference.agreements().isEmpty()) {
      out.text("p", "meta", words.say("agrees", agreed(reference)));
    }
    return out.toString();
  }

  String html(Diagnosis.Previous previous) {
    Html out = new Html();
    out.prose("p", null, previous.summary());
    if (!previous.changes().isEmpty()) {
      out.text("h4", null, words.say("heading-changes"));
      list(out, previous.changes().stream().map(Diagnosis.Change::text).toList());
    }
    outcomes(previous)
        .forEach(
            (term, items) -> {
              if (!items.isEmpty()) {
                out.text("h4", null, words.say(term));
                list(out, items.stream().map(this::said).toList());
              }
            });
    return out.toString();
  }

  private static void list(Html out, List<String> texts) {
    if (!texts.isEmpty()) {
      out.open("ul", null);
      texts.forEach(t -> out.prose("li", null, t));
      out.close("ul");
    }
  }

  private String agreed(Diagnosis.Reference reference) {
    return String.join(words.say("comma"), reference.agreements());
  }

  /** Causes before symptoms, under the term of what became of them. */
  private static Map<String, List<Diagnosis.Item>> outcomes(Diagnosis.Previous previous) {
    Map<String, List<Diagnosis.Item>> found = new java.util.LinkedHashMap<>();
    Diagnosis.Outcome causes = previous.causes();
    Diagnosis.Outcome symptoms = previous.symptoms();
    found.put("heading-fixed", both(causes.fixed(), symptoms.fixed()));
    found.put("heading-remaining", both(causes.remaining(), symptoms.remaining()));
    found.put("heading-new", both(causes.fresh(), symptoms.fresh()));
    found.put("heading-unclear", both(causes.unclear(), symptoms.unclear()));
    return found;
  }

  private static List<Diagnosis.Item> both(List<Diagnosis.Item> a, List<Diagnosis.Item> b) {
    return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
  }

  private String said(Diagnosis.Item item) {
    String moved = ComparisonLines.moved(item);
    return moved.isEmpty() ? item.text() : item.text() + " (" + moved + ")";
  }
}
