package org.aitia.report.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Excerpt;
import org.aitia.report.Renderer;
import org.aitia.report.Story;
import org.aitia.report.Words;

/**
 * A diagnosis as one page that stands alone: no script, nothing fetched, light and dark, fit for
 * paper and for a phone.
 */
public final class HtmlReport implements Renderer {
  /** Nothing may be loaded, run or sent, whatever stands in the page. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private final Knowledge knowledge;

  public HtmlReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public String render(Diagnosis diagnosis) {
    return new Writing(diagnosis).write();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/report/report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the style of the reports cannot be read", e);
    }
  }

  /** One report being written. */
  private final class Writing {
    private final Diagnosis d;
    private final Words words;
    private final Excerpt excerpt;
    private final Story story;
    private final HtmlSections sections;
    private final Html body;
    private final HtmlCauses causes;

    Writing(Diagnosis diagnosis) {
      this.d = diagnosis;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
      this.story = new Story(knowledge, diagnosis);
      this.sections = new HtmlSections(words);
      this.body = sections.body();
      this.causes = new HtmlCauses(knowledge, diagnosis, words, excerpt, sections);
    }

    String write() {
      ComparisonParts comparisons = new ComparisonParts(words);
      if (d.previous() != null) {
        sections.open("heading-previous", words.say("heading-previous", d.previous().source()));
        body.raw(comparisons.html(d.previous())).close("section");
      }
      causes.causes();
      causes.others();
      actions();
      aside();
      if (d.reference() != null) {
        sections.open("heading-reference", words.say("heading-reference", d.reference().source()));
        body.raw(comparisons.html(d.reference())).close("section");
      }
      symptoms();
      curves();
      tree();
      questions();
      new HtmlFolded(d, excerpt, story, words, sections).write();
      String title = words.say("report-title", d.source());
      Html page = new Html();
      page.raw("<!DOCTYPE html>\n<html lang=\"").raw(language()).raw("\">\n<head>\n");
      page.raw("<meta charset=\"utf-8\"/>\n");
      page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"/>\n");
      page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
      page.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
      page.text("title", null, title);
      page.element("style", null, "\n" + style());
      page.raw("</head>\n<body>\n").open("header", null).text("h1", null, title);
      verdict(page);
      sections.contents(page);
      page.close("header").open("main", null).raw(body.toString()).close("main");
      page.text("footer", null, words.say("made-by", d.knowledge()));
      return page.raw("</body>\n</html>\n").toString();
    }

    private String language() {
      return words.language() == Language.ZH ? "zh-Hans" : "en";
    }

    private void verdict(Html page) {
      page.open("div", "verdict " + d.verdict().id());
      page.text("strong", null, words.say("verdict-" + d.verdict().id()));
      page.open("p", null).raw(Html.prose(d.summary()));
      page.text("small", null, story.sure());
      page.close("p");
      if (!story.unread().isEmpty()) {
        page.text("small", null, words.say("screen-unread") + words.say("colon") + story.unread());
      }
      if (!d.failed().isEmpty()) {
        page.text("small", null, words.say("heading-failed")).open("ul", "failed");
        for (Diagnosis.Failed f : d.failed()) {
          page.text("li", null, words.say("failed-because", f.what(), f.why()));
        }
        page.close("ul").text("small", null, words.say("failed-all"));
      }
      page.close("div");
    }

    private void actions() {
      if (d.actions().isEmpty()) {
        return;
      }
      sections.open("heading-next");
      body.open("ol", "steps card");
      for (Diagnosis.Action a : d.actions()) {
        String kind = Excerpt.kind(a);
        String about = words.cause(a.cause());
        body.open("li", null).open("div", "head");
        body.text("b", null, kind == null ? about : words.say(kind, about));
        body.text("span", "tag", words.sayOr("cost-" + a.cost(), a.cost())).close("div");
        body.prose("p", null, a.text()).close("li");
      }
      body.close("ol").close("section");
    }

    private void aside() {
      for (SectionParts.Part part : SectionParts.of(d)) {
        sections.open(part.heading());
        body.open("div", "card");
        if (part.text() != null) {
          body.prose("p", null, part.text());
        }
        if (!part.lines().isEmpty()) {
          body.open("ul", null);
          part.lines().forEach(l -> body.prose("li", null, l));
          body.close("ul");
        }
        body.close("div").close("section");
      }
    }

    private void symptoms() {
      List<Diagnosis.Symptom> list = excerpt.symptoms();
      if (list.isEmpty()) {
        return;
      }
      sections.open(d.verdict() == Verdict.HEALTHY ? "heading-noticed" : "heading-symptoms");
      sections.table("stack symptoms", "column-severity", "column-symptom", "column-where");
      for (Diagnosis.Symptom s : list) {
        body.open("tr", null).open("td", "number");
        body.text("span", "tag " + s.severity(), words.say("severity-" + s.severity()));
        body.close("td").prose("td", null, s.text());
        body.element("td", null, causes.where(s.observations())).close("tr");
      }
      body.raw("</tbody></table></div>\n").close("section");
    }

    private void curves() {
      Map<String, List<Diagnosis.Curve>> charts = new LinkedHashMap<>(excerpt.charts());
      // Where all is NaN the first chart has said so.
      charts
          .values()
          .removeIf(
              c ->
                  !charts.values().iterator().next().equals(c)
                      && c.stream().noneMatch(Writing::drawn));
      if (charts.isEmpty()) {
        return;
      }
      sections.open("heading-curves");
      Chart chart = new Chart(words);
      int n = 0;
      for (List<Diagnosis.Curve> curves : charts.values()) {
        body.open("figure", null).raw(chart.inline(curves, d, String.valueOf(++n)));
        Map<Double, String> marks = chart.marks(curves, d);
        if (!marks.isEmpty()) {
          body.open("figcaption", null).open("ol", null);
          marks.forEach(
              (step, text) ->
                  body.text(
                      "li",
                      null,
                      text + " (" + words.say("report-mark", Words.number(step)) + ")"));
          body.close("ol").close("figcaption");
        }
        body.close("figure");
      }
      body.close("section");
    }

    private static boolean drawn(Diagnosis.Curve curve) {
      return Arrays.stream(curve.values()).anyMatch(Double::isFinite);
    }

    private void tree() {
      sections.open("heading-tree");
      body.open("ol", "tree card");
      for (Diagnosis.StepState s : d.tree()) {
        Step step = knowledge.steps().get(s.step());
        int[] checks = excerpt.checksOf(s.step());
        body.open("li", s.state().id() + (step != null && step.parent() != null ? " below" : ""));
        body.raw("<span class=\"sign\" aria-hidden=\"true\">" + Words.sign(s.state()));
        body.raw("</span>").text("span", "name", HtmlCauses.number(s.step()) + s.name());
        String made = checks[1] == 0 ? "" : " " + checks[0] + "/" + checks[1];
        body.text("small", null, words.say("state-" + s.state().id()) + made).close("li");
      }
      body.close("ol").close("section");
    }

    private void questions() {
      if (d.questions().isEmpty() || d.verdict() == Verdict.HEALTHY) {
        return;
      }
      sections.open("heading-questions");
      body.open("ol", "steps card");
      for (Diagnosis.Question q : d.questions()) {
        body.open("li", null).open("div", "head").prose("b", null, q.text());
        body.text("span", "tag", words.sayOr("cost-" + q.cost(), q.cost())).close("div");
        body.prose("p", "meta", words.say("why", q.why()));
        body.prose("p", "meta", words.say("how", q.how())).close("li");
      }
      body.close("ol").close("section");
    }
  }
}
