package org.aitia.report.document;

import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Excerpt;
import org.aitia.report.Story;
import org.aitia.report.Words;

/** What few need of a diagnosis, on an HTML page: closed until asked for. */
final class HtmlFolded {
  private static final int MAX_FILES = 100;
  private static final int MAX_OBSERVATIONS = 150;

  private final Diagnosis d;
  private final Excerpt excerpt;
  private final Story story;
  private final Words words;
  private final HtmlSections sections;
  private final Html body;

  HtmlFolded(
      Diagnosis diagnosis, Excerpt excerpt, Story story, Words words, HtmlSections sections) {
    this.d = diagnosis;
    this.excerpt = excerpt;
    this.story = story;
    this.words = words;
    this.sections = sections;
    this.body = sections.body();
  }

  void write() {
    body.open("section", null);
    sections.fold(
        "heading-ruled-out", d.ruledOut().size(), "stack", "column-cause", "column-because");
    for (Diagnosis.RuledOut r : d.ruledOut()) {
      sections.row(Html.escape(r.name()), Html.prose(r.because()));
    }
    sections.unfold(d.ruledOut().size());
    notChecked();
    observations();
    files();
    body.close("section");
  }

  private void notChecked() {
    int missed = d.notChecked().size();
    String[] columns = {"column-provide", "column-check", "column-missing", "column-how"};
    sections.fold("heading-not-checked", missed, "stack", columns);
    for (Excerpt.Group group : excerpt.groups()) {
      Diagnosis.Provide p = group.provide();
      String provide =
          p == null
              ? ""
              : "<b>" + Html.escape(story.provide(p)) + "</b><br/>" + Html.prose(p.how());
      for (Diagnosis.NotChecked n : group.checks()) {
        sections.row(provide, Html.prose(n.text()), Html.escape(n.missing()), Html.prose(n.how()));
        provide = "";
      }
    }
    sections.unfold(missed);
  }

  private void observations() {
    int all = d.observations().size();
    sections.fold(
        "heading-observations", all, null, "column-measure", "column-value", "column-where");
    for (Diagnosis.Observation o : d.observations().subList(0, Math.min(all, MAX_OBSERVATIONS))) {
      String value =
          o.value() instanceof Number v ? Words.number(v.doubleValue()) : String.valueOf(o.value());
      sections.row(
          "<code>" + Html.escape(o.measure()) + "</code>",
          Html.escape(value + words.unit(o.unit())),
          "<span class=\"where\">" + Html.escape(excerpt.place(o)) + "</span>");
    }
    sections.rest(all, MAX_OBSERVATIONS);
    sections.unfold(all);
  }

  private void files() {
    int all = d.files().size();
    sections.fold("heading-files", all, "stack", "column-file", "column-format", "column-state");
    for (Diagnosis.File f : d.files().subList(0, Math.min(all, MAX_FILES))) {
      String state = words.sayOr("file-" + f.state(), f.state());
      sections.row(
          "<code>" + Html.escape(f.file()) + "</code>",
          Html.escape(f.format()),
          Html.escape(f.message() == null ? state : state + words.say("colon") + f.message()));
    }
    sections.rest(all, MAX_FILES);
    sections.unfold(all);
  }
}
