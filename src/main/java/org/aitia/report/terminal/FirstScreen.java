package org.aitia.report.terminal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Sections;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Renderer;
import org.aitia.report.Story;
import org.aitia.report.Words;

/**
 * A diagnosis on one screen: what was read, what happened, how sure that is, the likely causes, the
 * cheapest step that tells them apart, and what would help most. What does not fit gives way, the
 * details of the causes first.
 */
public final class FirstScreen implements Renderer {
  /** Lines of a terminal that are left below a command. */
  static final int LINES = 25;

  private static final int BAR = 16;
  private static final int MAX_OTHERS = 4;

  /** Each is shorter than the one before. */
  private static final int LEVELS = 6;

  private final Knowledge knowledge;
  private final int width;
  private final boolean colour;

  /**
   * A renderer for one terminal.
   *
   * @param width cells of a line
   */
  public FirstScreen(Knowledge knowledge, int width, boolean colour) {
    this.knowledge = knowledge;
    this.width = width;
    this.colour = colour;
  }

  @Override
  public String render(Diagnosis diagnosis) {
    String text = "";
    for (int level = 0; level < LEVELS; level++) {
      text = new Writing(diagnosis, level).write();
      if (text.lines().count() <= LINES) {
        return text;
      }
    }
    return text;
  }

  /** One screen being written, at one level of brevity. */
  private final class Writing {
    private final Diagnosis d;
    private final int level;
    private final Words words;
    private final Excerpt excerpt;
    private final Story story;
    private final Sheet sheet = new Sheet(width, colour);
    private final String verdict;
    private final int column;

    Writing(Diagnosis diagnosis, int level) {
      this.d = diagnosis;
      this.level = level;
      this.words = new Words(knowledge, Language.of(diagnosis.language()));
      this.excerpt = new Excerpt(knowledge, diagnosis);
      this.story = new Story(knowledge, diagnosis);
      this.verdict = "● " + words.say("verdict-" + diagnosis.verdict().id());
      int labels =
          Stream.of("read", "unread", "sure", "noticed", "next", "add", "keep", "speed", "crash")
              .map(term -> words.say("screen-" + term))
              .mapToInt(Cells::width)
              .max()
              .orElse(0);
      this.column = 2 + Math.max(labels, Cells.width(verdict));
    }

    String write() {
      sheet.text(d.source(), 0, Ink.DIM);
      item("screen-read", story.read(), Ink.DIM);
      sheet.gap();
      verdict();
      item("screen-unread", story.unread(), Ink.DIM);
      comparisons();
      causes();
      sheet.gap();
      sections();
      next();
      item("screen-add", story.add(level < 4 ? 3 : 1));
      sheet.text(words.say("screen-more"), 0, Ink.DIM);
      return sheet.toString();
    }

    private void item(String label, String text, Ink... inks) {
      item(label, text, List.of(), inks);
    }

    private void item(String label, String text, List<String> remarks, Ink... inks) {
      if (!text.isEmpty()) {
        String lead = Cells.pad(words.say(label), column);
        sheet.item(sheet.ink(lead, Ink.BOLD), text, remarks, inks);
      }
    }

    private void verdict() {
      Ink ink = TextReport.ink(d.verdict());
      String lead = sheet.ink(Cells.pad(verdict, column - 2), ink, Ink.BOLD) + "  ";
      sheet.item(lead, story.happened(), Ink.BOLD);
      CurveLines curves = new CurveLines(words, sheet);
      if (level < 5) {
        curves.brief(story.curves(), column);
      }
      item("screen-sure", story.sure());
      item("screen-noticed", story.noticed());
      if (!d.failed().isEmpty()) {
        String failed =
            d.failed().stream().map(Diagnosis.Failed::what).collect(Collectors.joining("; "));
        sheet.item(
            sheet.ink("! " + words.say("heading-failed") + words.say("colon"), Ink.RED), failed);
      }
    }

    private void comparisons() {
      ComparisonLines lines = new ComparisonLines(words, sheet, false);
      lines.briefly(d.previous());
      lines.briefly(d.reference());
    }

    private void causes() {
      if (d.causes().isEmpty()) {
        return;
      }
      sheet.gap();
      List<Diagnosis.Cause> likely = excerpt.likely();
      Diagnosis.Cause first = likely.get(0);
      cause(first);
      if (level < 3) {
        sheet.text(first.summary(), 4, Ink.DIM);
      }
      evidence(first.supports(), sheet.ink("+", Ink.GREEN), Math.max(1, 3 - level));
      evidence(first.opposes(), sheet.ink("−", Ink.RED), level < 1 ? 1 : 0);
      likely.stream().skip(1).limit(level < 4 ? 3 : 1).forEach(this::cause);
      others(likely.size());
    }

    private void cause(Diagnosis.Cause cause) {
      String bar = CauseLines.bar(cause.probability(), BAR);
      sheet.item(
          "  ",
          cause.name(),
          remarks(cause, bar + " " + Words.percent(cause.probability())),
          Ink.BOLD,
          Ink.CYAN);
    }

    /** The id, by which more can be asked, where there is room for it. */
    private List<String> remarks(Diagnosis.Cause cause, String chance) {
      int used = 2 + Cells.width(cause.name()) + 2 + Cells.width(chance) + 2;
      boolean room = used + Cells.width(cause.id()) <= sheet.width();
      return room ? List.of(chance, cause.id()) : List.of(chance);
    }

    private void evidence(List<Diagnosis.Evidence> list, String sign, int most) {
      list.stream()
          .limit(most)
          .forEach(
              e -> sheet.item("    " + sign + " ", e.text(), excerpt.places(e.observations(), 1)));
    }

    /** What else it may be, in one line. */
    private void others(int shown) {
      List<Diagnosis.Cause> others =
          d.causes().stream().skip(shown).limit(level < 2 ? MAX_OTHERS : 2).toList();
      if (others.isEmpty()) {
        return;
      }
      String names =
          others.stream()
              .map(c -> Words.percent(c.probability()) + " " + c.name())
              .collect(Collectors.joining(words.say("comma")));
      int left = d.causes().size() - shown - others.size();
      String more = left > 0 ? words.say("comma") + words.say("more-evidence", left) : "";
      sheet.item("  " + words.say("screen-or") + " ", names + more);
    }

    private void sections() {
      Sections s = d.sections();
      if (s.crash() != null) {
        boolean told = story.crashed();
        List<String> repairs = s.crash().repairs();
        item("screen-crash", told ? repairs.get(0) : s.crash().text());
        repairs.stream()
            .skip(told ? 1 : 0)
            .limit(level < 3 ? 3 : 1)
            .forEach(r -> sheet.item(" ".repeat(column - 2) + "→ ", r));
      }
      boolean healthy = d.verdict() == Verdict.HEALTHY;
      if (s.checkpoint() != null
          && level < 5
          && (healthy || !s.checkpoint().keep().equals("last"))) {
        item("screen-keep", s.checkpoint().text());
      }
      if (s.speed() != null && s.speed().severity().equals("medium") && level < 4) {
        item("screen-speed", s.speed().texts().get(0));
      }
    }

    /** The cheapest step that tells the suspects apart, or the repair where one is certain. */
    private void next() {
      story
          .next()
          .ifPresent(
              step -> {
                String cost = words.sayOr("cost-" + step.cost(), step.cost());
                item("screen-next", step.title(), List.of(cost), Ink.BOLD);
                String text = level < 4 ? step.text() : Story.firstSentence(step.text());
                sheet.text(text, column);
              });
    }
  }
}
