package org.aitia.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Renderer;
import org.aitia.report.Words;

/** A diagnosis for the terminal: the answer first, then why, then what to do, then the rest. */
public final class TextReport implements Renderer {
  private static final int MAX_PLACES = 2;
  private static final int MAX_NOT_CHECKED = 3;
  private static final int MAX_RULED_OUT = 4;
  private static final int MAX_SYMPTOMS = 8;
  private static final int MAX_QUESTIONS = 3;

  private final Knowledge knowledge;
  private final int width;
  private final boolean colour;
  private final boolean verbose;

  /**
   * A renderer for one terminal.
   *
   * @param width cells of a line
   * @param verbose whether lists are shown whole, with files and observations
   */
  public TextReport(Knowledge knowledge, int width, boolean colour, boolean verbose) {
    this.knowledge = knowledge;
    this.width = width;
    this.colour = colour;
    this.verbose = verbose;
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
    private final Sheet sheet = new Sheet(width, colour);

    Writing(Diagnosis diagnosis) {
      this.d = diagnosis;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
    }

    String write() {
      sheet.text(d.source(), 0, Ink.DIM);
      verdict();
      failed();
      ComparisonLines comparisons = new ComparisonLines(words, sheet, verbose);
      comparisons.previous(d.previous());
      CauseLines causes = new CauseLines(d, words, sheet, excerpt, verbose);
      causes.likely();
      causes.others();
      actions();
      comparisons.reference(d.reference());
      symptoms();
      new CurveLines(words, sheet).write(excerpt.main());
      new TreeLines(words, sheet, excerpt, verbose).write(d.tree());
      ruledOut();
      notChecked();
      questions();
      if (verbose) {
        files();
        observations();
        if (d.read() != null) {
          new ReadLines(words, sheet).write(d.read());
        }
      }
      return sheet.toString();
    }

    private void verdict() {
      Ink ink =
          switch (d.verdict()) {
            case FAULTY -> Ink.RED;
            case HEALTHY -> Ink.GREEN;
            case UNDECIDED -> Ink.YELLOW;
          };
      String lead =
          sheet.ink("● " + words.say("verdict-" + d.verdict().id()), ink, Ink.BOLD) + "  ";
      sheet.item(lead, d.summary(), Ink.BOLD);
      if (d.verdict() == Verdict.HEALTHY) {
        sheet.text(words.say("checks-made", excerpt.made(), excerpt.total()), 2);
        if (!d.notChecked().isEmpty()) {
          sheet.text(words.say("checks-left"), 2);
        }
      } else if (d.causes().isEmpty()) {
        sheet.text(words.say("checks-made-undecided", excerpt.made(), excerpt.total()), 2);
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
            verbose ? List.of(f.part()) : List.of());
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

    private void symptoms() {
      if (d.symptoms().isEmpty()) {
        return;
      }
      List<Diagnosis.Symptom> list = verbose ? excerpt.allSymptoms() : excerpt.symptoms();
      boolean healthy = d.verdict() == Verdict.HEALTHY;
      sheet.heading(words.say(healthy ? "heading-noticed" : "heading-symptoms"));
      int shown = verbose ? list.size() : Math.min(MAX_SYMPTOMS, list.size());
      int column =
          list.stream()
              .mapToInt(s -> Cells.width(words.say("severity-" + s.severity())))
              .max()
              .orElse(0);
      for (Diagnosis.Symptom s : list.subList(0, shown)) {
        String severity = Cells.pad(words.say("severity-" + s.severity()), column);
        Ink ink =
            s.severity().equals("high")
                ? Ink.RED
                : s.severity().equals("medium") ? Ink.YELLOW : Ink.DIM;
        List<String> places =
            excerpt.places(s.observations(), verbose ? Integer.MAX_VALUE : MAX_PLACES);
        sheet.item("  " + sheet.ink(severity, ink) + "  ", s.text(), places);
      }
      more(list.size() - shown);
    }

    private void ruledOut() {
      if (d.ruledOut().isEmpty() || d.verdict() == Verdict.HEALTHY && !verbose) {
        return;
      }
      sheet.heading(words.say("heading-ruled-out"));
      int shown = verbose ? d.ruledOut().size() : Math.min(MAX_RULED_OUT, d.ruledOut().size());
      for (Diagnosis.RuledOut r : d.ruledOut().subList(0, shown)) {
        sheet.item("  ", r.name(), List.of(r.because()));
      }
      more(d.ruledOut().size() - shown);
    }

    private void notChecked() {
      List<Diagnosis.NotChecked> list = excerpt.notChecked();
      if (list.isEmpty()) {
        return;
      }
      sheet.heading(words.say("heading-not-checked"));
      List<Diagnosis.NotChecked> shown = list;
      if (!verbose) {
        List<Diagnosis.NotChecked> urgent = excerpt.notCheckedOfSuspects();
        shown = urgent.subList(0, Math.min(MAX_NOT_CHECKED, urgent.size()));
      }
      for (Diagnosis.NotChecked n : shown) {
        sheet.item("  ○ ", n.text(), List.of(words.say("missing", n.missing())));
        if (verbose) {
          sheet.text(words.say("how", n.how()), 4, Ink.DIM);
        }
      }
      List<Diagnosis.NotChecked> rest = new ArrayList<>(list);
      rest.removeAll(shown);
      String sign = sheet.ink("  ○ ", Ink.DIM);
      excerpt
          .missing(rest)
          .forEach((missing, n) -> sheet.item(sign, words.say("not-checked-for-want", n, missing)));
      if (!rest.isEmpty()) {
        sheet.text(words.say("not-checked-all"), 2, Ink.DIM);
      }
    }

    private void questions() {
      if (d.questions().isEmpty() || d.verdict() == Verdict.HEALTHY && !verbose) {
        return;
      }
      sheet.heading(words.say("heading-questions"));
      int shown = verbose ? d.questions().size() : Math.min(MAX_QUESTIONS, d.questions().size());
      for (Diagnosis.Question q : d.questions().subList(0, shown)) {
        sheet.item(
            sheet.ink("  ? ", Ink.CYAN),
            q.text(),
            List.of(words.sayOr("cost-" + q.cost(), q.cost()) + (verbose ? ", " + q.id() : "")));
        if (verbose) {
          sheet.text(words.say("why", q.why()), 4, Ink.DIM);
        }
        sheet.text(words.say("how", q.how()), 4, Ink.DIM);
      }
      more(d.questions().size() - shown);
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

    private void more(int left) {
      if (left > 0) {
        sheet.text(words.say("more", left), 2, Ink.DIM);
      }
    }
  }
}
