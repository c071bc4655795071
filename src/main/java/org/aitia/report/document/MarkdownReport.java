package org.aitia.report.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Excerpt;
import org.aitia.report.Renderer;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** A diagnosis fit to paste into an issue tracker. */
public final class MarkdownReport implements Renderer {
  private static final int MAX_PLACES = 3;

  private final Knowledge knowledge;
  private final String pictures;

  /**
   * A renderer.
   *
   * @param pictures relative path in front of the names of {@link #pictures}, such as {@code
   *     report.assets/}; null when the report stands alone, without pictures
   */
  public MarkdownReport(Knowledge knowledge, String pictures) {
    this.knowledge = knowledge;
    this.pictures = pictures;
  }

  /** The pictures that the report links to, by file name. */
  public Map<String, String> pictures(Diagnosis diagnosis) {
    Words words = new Words(knowledge, Language.of(diagnosis.language()));
    Chart chart = new Chart(words);
    Map<String, String> found = new LinkedHashMap<>();
    new Excerpt(knowledge, diagnosis)
        .charts()
        .forEach((name, curves) -> found.put(file(name, found), chart.svg(curves, diagnosis)));
    return found;
  }

  private static String file(String curve, Map<String, String> taken) {
    String plain =
        curve.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String name = plain.isEmpty() ? "curve" : plain.substring(0, Math.min(60, plain.length()));
    return taken.containsKey(name + ".svg") ? name + "-" + taken.size() + ".svg" : name + ".svg";
  }

  @Override
  public String render(Diagnosis diagnosis) {
    return new Writing(diagnosis).write();
  }

  /** One report being written. */
  private final class Writing {
    private final Diagnosis d;
    private final Words words;
    private final Excerpt excerpt;
    private final Story story;
    private final Mermaid mermaid;
    private final MarkdownPage out;

    Writing(Diagnosis diagnosis) {
      this.d = diagnosis;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
      this.story = new Story(knowledge, diagnosis);
      this.out = new MarkdownPage(words);
      this.mermaid = new Mermaid(knowledge, words);
    }

    String write() {
      out.line("# " + words.say("report-title", Markdown.code(d.source())));
      String verdict = words.say("verdict-" + d.verdict().id());
      out.line("**" + verdict + "** · " + Markdown.prose(d.summary()));
      out.line(Markdown.prose(story.sure()));
      unread();
      failed();
      ComparisonParts comparisons = new ComparisonParts(words);
      out.append(d.previous() == null ? "" : comparisons.markdown(d.previous()));
      causes();
      actions();
      sections();
      out.append(d.reference() == null ? "" : comparisons.markdown(d.reference()));
      symptoms();
      curves();
      out.heading("heading-tree");
      out.fence("mermaid", mermaid.tree(d));
      MarkdownFolded folded = new MarkdownFolded(d, words, excerpt, story, out);
      folded.ruledOut();
      folded.notChecked();
      questions();
      folded.observations();
      folded.files();
      out.line("---");
      out.line("<sub>" + Markdown.text(words.say("made-by", d.knowledge())) + "</sub>");
      return out.toString();
    }

    private void unread() {
      String files = story.unread();
      if (!files.isEmpty()) {
        out.line(Markdown.text(words.say("screen-unread") + words.say("colon") + files));
      }
    }

    private void failed() {
      if (d.failed().isEmpty()) {
        return;
      }
      out.line("**" + words.say("heading-failed") + "**");
      for (Diagnosis.Failed f : d.failed()) {
        out.append("- ").append(Markdown.text(words.say("failed-because", f.what(), f.why())));
        out.append('\n');
      }
      out.append('\n');
      out.line(Markdown.text(words.say("failed-all")));
    }

    private void causes() {
      if (d.causes().isEmpty()) {
        return;
      }
      out.heading("heading-causes");
      out.table("column-cause", "column-probability", "column-family", "column-step");
      for (Diagnosis.Cause c : d.causes()) {
        out.row(
            Markdown.text(c.name()) + " (" + Markdown.code(c.id()) + ")",
            Words.percent(c.probability()),
            Markdown.text(words.sayOr("family-" + c.family(), c.family())),
            Markdown.code(c.step()));
      }
      out.append('\n');
      for (Diagnosis.Cause c : excerpt.likely()) {
        out.line("### " + Markdown.text(c.name()) + " (" + Words.percent(c.probability()) + ")");
        out.line(Markdown.prose(c.summary()));
        if (c.chain() != null && c.chain().size() > 1) {
          out.fence("mermaid", mermaid.chain(c, d));
        }
        evidence("heading-for", c.supports());
        evidence("heading-against", c.opposes());
      }
    }

    private void evidence(String term, List<Diagnosis.Evidence> list) {
      if (list.isEmpty()) {
        return;
      }
      out.line("**" + words.say(term) + "**");
      for (Diagnosis.Evidence e : list) {
        out.append("- ").append(Markdown.text(e.text())).append(where(e.observations()));
        out.append('\n');
      }
      out.append('\n');
    }

    private String where(List<String> observations) {
      List<String> places = excerpt.places(observations);
      return places.isEmpty() ? "" : " · " + codes(places);
    }

    private String codes(List<String> places) {
      return places.stream().limit(MAX_PLACES).map(Markdown::code).collect(Collectors.joining(" "))
          + (places.size() > MAX_PLACES ? " …" : "");
    }

    private void actions() {
      if (d.actions().isEmpty()) {
        return;
      }
      out.heading("heading-next");
      for (Diagnosis.Action a : d.actions()) {
        String about = words.cause(a.cause());
        String kind = Excerpt.kind(a);
        String title = kind == null ? about : words.say(kind, about);
        out.append("- [ ] **").append(Markdown.text(title)).append("** (");
        out.append(Markdown.text(words.sayOr("cost-" + a.cost(), a.cost()))).append(")  \n  ");
        out.append(Markdown.prose(a.text())).append('\n');
      }
      out.append('\n');
    }

    private void sections() {
      for (SectionParts.Part part : SectionParts.of(d)) {
        out.heading(part.heading());
        if (part.text() != null) {
          out.line(Markdown.prose(part.text()));
        }
        part.lines().forEach(l -> out.append("- ").append(Markdown.prose(l)).append('\n'));
        out.append('\n');
      }
    }

    private void symptoms() {
      if (d.symptoms().isEmpty()) {
        return;
      }
      out.heading(d.verdict() == Verdict.HEALTHY ? "heading-noticed" : "heading-symptoms");
      out.table("column-severity", "column-symptom", "column-where");
      for (Diagnosis.Symptom s : excerpt.symptoms()) {
        out.row(
            words.say("severity-" + s.severity()),
            Markdown.text(s.text()),
            codes(excerpt.places(s.observations())));
      }
      out.append('\n');
    }

    private void curves() {
      if (pictures == null) {
        return;
      }
      Map<String, String> drawn = MarkdownReport.this.pictures(d);
      if (drawn.isEmpty()) {
        return;
      }
      out.heading("heading-curves");
      List<String> names = List.copyOf(excerpt.charts().keySet());
      int i = 0;
      for (String file : drawn.keySet()) {
        String name = Markdown.text(words.curve(names.get(i++)));
        out.line("![" + name + "](" + Markdown.link(pictures + file) + ")");
      }
    }

    private void questions() {
      if (d.questions().isEmpty() || d.verdict() == Verdict.HEALTHY) {
        return;
      }
      out.heading("heading-questions");
      int n = 0;
      for (Diagnosis.Question q : d.questions()) {
        out.append(++n).append(". **").append(Markdown.prose(q.text())).append("**  \n   ");
        out.append(words.say("why", Markdown.prose(q.why()))).append("  \n   ");
        out.append(words.say("how", Markdown.prose(q.how()))).append('\n');
      }
      out.append('\n');
    }
  }
}
