package org.aitia.report.terminal;

import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Sections;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Reason;
import org.aitia.report.Renderer;
import org.aitia.report.Story;
import org.aitia.report.Words;

/**
 * All of a diagnosis for the terminal: the answer first, then why, then what to do, then the rest.
 */
public final class TextReport implements Renderer {
  private final Knowledge knowledge;
  private final int width;
  private final boolean colour;

  /**
   * A renderer for one terminal.
   *
   * @param width cells of a line
   */
  public TextReport(Knowledge knowledge, int width, boolean colour) {
    this.knowledge = knowledge;
    this.width = width;
    this.colour = colour;
  }

  /** The colour of a verdict. */
  static Ink ink(Verdict verdict) {
    return switch (verdict) {
      case FAULTY -> Ink.RED;
      case HEALTHY -> Ink.GREEN;
      case UNDECIDED -> Ink.YELLOW;
    };
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
    private final Sheet sheet = new Sheet(width, colour);

    Writing(Diagnosis diagnosis) {
      this.d = diagnosis;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
      this.story = new Story(knowledge, diagnosis);
    }

    String write() {
      sheet.text(d.source(), 0, Ink.DIM);
      verdict();
      failed();
      ComparisonLines comparisons = new ComparisonLines(words, sheet, true);
      comparisons.previous(d.previous());
      CauseLines causes = new CauseLines(d, words, sheet, excerpt);
      causes.likely();
      causes.others();
      actions();
      sections();
      comparisons.reference(d.reference());
      symptoms();
      new CurveLines(words, sheet).write(excerpt.main());
      new TreeLines(words, sheet, excerpt).write(d.tree());
      ruledOut();
      notChecked();
      questions();
      files();
      observations();
      if (d.read() != null) {
        new ReadLines(words, sheet).write(d.read());
      }
      return sheet.toString();
    }

    private void verdict() {
      Ink ink = ink(d.verdict());
      String lead =
          sheet.ink("● " + words.say("verdict-" + d.verdict().id()), ink, Ink.BOLD) + "  ";
      sheet.item(lead, d.summary(), Ink.BOLD);
      sheet.text(story.sure(), 2);
      if (!story.unread().isEmpty()) {
        sheet.text(words.say("screen-unread") + words.say("colon") + story.unread(), 2, Ink.DIM);
      }
    }

    private void failed() {
      if (d.failed().isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-failed"));
      for (Diagnosis.Failed f : d.failed()) {
        sheet.item(
            sheet.ink("  ! ", Ink.RED),
            words.say("failed-because", f.what(), f.why()),
            List.of(f.part()));
      }
      sheet.text(words.say("failed-all"), 2, Ink.DIM);
    }

    private void actions() {
      if (d.actions().isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-next"));
      int n = 0;
      for (Diagnosis.Action a : d.actions()) {
        String kind = Excerpt.kind(a);
        String about = words.cause(a.cause());
        String title = kind == null ? about : words.say(kind, about);
        String lead = String.format(Locale.ROOT, "%3d. ", ++n);
        sheet.item(lead, title, List.of(words.sayOr("cost-" + a.cost(), a.cost())), Ink.BOLD);
        sheet.text(a.text(), lead.length());
      }
    }

    private void sections() {
      Sections s = d.sections();
      if (s.crash() != null) {
        sheet.heading(words.say("heading-crash"));
        sheet.text(s.crash().text(), 2);
        s.crash().repairs().forEach(r -> sheet.item("  → ", r, List.of()));
      }
      if (s.checkpoint() != null) {
        sheet.heading(words.say("heading-checkpoint"));
        sheet.text(s.checkpoint().text(), 2);
      }
      if (s.speed() != null) {
        sheet.heading(words.say("heading-speed"));
        s.speed().texts().forEach(t -> sheet.item("  · ", t, List.of()));
      }
    }

    private void symptoms() {
      if (d.symptoms().isEmpty()) {
        return;
      }
      List<Diagnosis.Symptom> list = excerpt.allSymptoms();
      boolean healthy = d.verdict() == Verdict.HEALTHY;
      sheet.heading(words.say(healthy ? "heading-noticed" : "heading-symptoms"));
      int column =
          list.stream()
              .mapToInt(s -> Cells.width(words.say("severity-" + s.severity())))
              .max()
              .orElse(0);
      for (Diagnosis.Symptom s : list) {
        String severity = Cells.pad(words.say("severity-" + s.severity()), column);
        Ink ink =
            s.severity().equals("high")
                ? Ink.RED
                : s.severity().equals("medium") ? Ink.YELLOW : Ink.DIM;
        sheet.item(
            "  " + sheet.ink(severity, ink) + "  ", s.text(), excerpt.places(s.observations()));
      }
    }

    private void ruledOut() {
      if (d.ruledOut().isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-ruled-out"));
      for (Reason r : excerpt.ruledOut()) {
        sheet.item("  ", r.causes(), List.of(r.because()));
      }
    }

    private void notChecked() {
      if (d.notChecked().isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-not-checked"));
      for (Excerpt.Group group : excerpt.groups()) {
        Diagnosis.Provide p = group.provide();
        if (p != null) {
          String cost = words.sayOr("cost-" + p.cost(), p.cost());
          sheet.item("  ○ ", story.provide(p), List.of(cost), Ink.BOLD);
          sheet.text(p.how(), 4, Ink.DIM);
        }
        for (Diagnosis.NotChecked n : group.checks()) {
          sheet.item("    · ", n.text(), List.of(words.say("missing", n.missing())));
          sheet.text(words.say("how", n.how()), 6, Ink.DIM);
        }
      }
    }

    private void questions() {
      if (d.questions().isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-questions"));
      for (Diagnosis.Question q : d.questions()) {
        String cost = words.sayOr("cost-" + q.cost(), q.cost());
        sheet.item(sheet.ink("  ? ", Ink.CYAN), q.text(), List.of(cost + ", " + q.id()));
        sheet.text(words.say("why", q.why()), 4, Ink.DIM);
        sheet.text(words.say("how", q.how()), 4, Ink.DIM);
      }
    }

    private void files() {
      sheet.heading(words.say("heading-files"));
      for (Diagnosis.File f : d.files()) {
        String state = words.sayOr("file-" + f.state(), f.state());
        String format = f.format() == null ? "" : " (" + f.format() + ")";
        sheet.item(
            "  ",
            f.file() + format,
            List.of(f.message() == null ? state : state + ": " + f.message()));
      }
    }

    private void observations() {
      sheet.heading(words.say("heading-observations"));
      for (Diagnosis.Observation o : d.observations()) {
        String value =
            o.value() instanceof Number n ? Words.number(n.doubleValue()) : "" + o.value();
        String unit = words.unit(o.unit());
        String detail = o.detail() == null ? "" : " (" + o.detail() + ")";
        sheet.item(
            "  " + Cells.pad(Cells.clean(o.id()), 5),
            o.measure() + " = " + value + unit + detail,
            List.of(excerpt.place(o)));
      }
    }
  }
}
