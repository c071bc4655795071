package org.aitia.report.document;

import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step;
import org.aitia.report.Excerpt;
import org.aitia.report.Words;

/** The causes as sections of an HTML page. */
final class HtmlCauses {
  private static final int MAX_PLACES = 4;

  private final Knowledge knowledge;
  private final Diagnosis diagnosis;
  private final Words words;
  private final Excerpt excerpt;
  private final HtmlSections sections;
  private final Html body;

  HtmlCauses(
      Knowledge knowledge,
      Diagnosis diagnosis,
      Words words,
      Excerpt excerpt,
      HtmlSections sections) {
    this.knowledge = knowledge;
    this.diagnosis = diagnosis;
    this.words = words;
    this.excerpt = excerpt;
    this.sections = sections;
    this.body = sections.body();
  }

  /** Each likely cause with what speaks for and against it. */
  void causes() {
    List<Diagnosis.Cause> likely = excerpt.likely();
    if (likely.isEmpty()) {
      return;
    }
    sections.open("heading-causes");
    for (Diagnosis.Cause c : likely) {
      body.open("article", "card").open("div", "head").text("h3", null, c.name());
      body.text("span", "chance", Words.percent(c.probability())).close("div");
      bar(c.probability());
      body.prose("p", null, c.summary());
      body.text(
          "p", "meta", words.sayOr("family-" + c.family(), c.family()) + " · " + step(c.step()));
      chain(c);
      evidence("heading-for", "for", c.supports());
      evidence("heading-against", "against", c.opposes());
      body.close("article");
    }
    body.close("section");
  }

  private void bar(double probability) {
    double share = Math.min(1, Math.max(0, probability));
    body.raw(
        String.format(
            Locale.ROOT,
            "<div class=\"bar\" role=\"img\" aria-label=\"%s\"><span style=\"width:%.1f%%\"></span></div>%n",
            Html.escape(words.say("report-probability", Words.percent(probability))),
            100 * share));
  }

  private void chain(Diagnosis.Cause c) {
    if (c.chain() != null && c.chain().size() > 1) {
      body.text("h4", null, words.say("heading-chain")).open("ol", "chain");
      c.chain().forEach(id -> body.text("li", null, words.link(id, diagnosis)));
      body.close("ol");
    }
  }

  private void evidence(String term, String side, List<Diagnosis.Evidence> list) {
    if (list.isEmpty()) {
      return;
    }
    body.text("h4", null, words.say(term)).open("ul", side);
    for (Diagnosis.Evidence e : list) {
      body.open("li", null).raw(Html.prose(e.text())).raw(" ").raw(where(e.observations()));
      body.close("li");
    }
    body.close("ul");
  }

  /** Where observations were made. */
  String where(List<String> observations) {
    Html places = new Html();
    List<String> all = excerpt.places(observations);
    all.stream().limit(MAX_PLACES).forEach(p -> places.text("span", "where", p));
    return places + (all.size() > MAX_PLACES ? "…" : "");
  }

  /** The other suspects. */
  void others() {
    if (excerpt.others().isEmpty()) {
      return;
    }
    sections.open("heading-others");
    sections.table("suspects", "column-cause", "column-probability", null, "column-step");
    for (Diagnosis.Cause c : excerpt.others()) {
      body.open("tr", null).text("td", null, c.name());
      body.text("td", "number", Words.percent(c.probability())).open("td", "small");
      bar(c.probability());
      body.close("td").text("td", null, step(c.step())).close("tr");
    }
    body.raw("</tbody></table></div>\n").close("section");
  }

  private String step(String id) {
    Step step = knowledge.steps().get(id);
    return step == null ? id : number(id) + step.name().in(words.language());
  }

  /** The number of a step, as in {@code 4a}, with a blank; empty for the preparations. */
  static String number(String step) {
    int dot = step.indexOf('.');
    return dot > 0 && Character.isDigit(step.charAt(0)) ? step.substring(0, dot) + " " : "";
  }
}
