package org.aitia.report.terminal;

import java.util.List;
import java.util.Locale;
import org.aitia.diagnosis.Account;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Words;

/** How things stand in a session, for the terminal: the ranking, and how it came about. */
public final class StandingText {
  /** Log-odds too small to be shown: they round to nothing. */
  private static final double SHOWN = 0.05;

  private static final int WIDE = 84;
  private static final int MAX_BAR = 20;
  private static final int MIN_BAR = 8;

  /** Cells of a row beside bar, name and remark: number, probability, gaps. */
  private static final int FRAME = 15;

  private final Knowledge knowledge;
  private final Words words;
  private final int width;
  private final boolean colour;

  /**
   * A view of one terminal.
   *
   * @param width cells of a line
   */
  public StandingText(Knowledge knowledge, Language language, int width, boolean colour) {
    this.knowledge = knowledge;
    this.words = new Words(knowledge, language);
    this.width = width;
    this.colour = colour;
  }

  /** The causes that are ranked: those that something speaks for, most likely first. */
  public static List<Hypothesis> ranked(Session.State state) {
    return state.conclusions().hypotheses().stream().filter(Hypothesis::supported).toList();
  }

  /** The first causes of the ranking, with what the last change did to them. */
  public String ranking(Session.State state, int most) {
    Sheet sheet = new Sheet(width, colour);
    List<Hypothesis> ranked = ranked(state);
    sheet.line("");
    if (ranked.isEmpty() || ranked.get(0).probability() < limit("listed")) {
      boolean healthy = state.conclusions().verdict() == Verdict.HEALTHY;
      return sheet
          .text(words.say(healthy ? "ask-healthy" : "ask-no-suspect"), 2, Ink.DIM)
          .toString();
    }
    String verdict = words.say("verdict-" + state.conclusions().verdict().id());
    sheet.line("  " + sheet.ink(words.say(head(ranked.get(0)), verdict), Ink.BOLD));
    List<Hypothesis> shown = ranked.subList(0, Math.min(most, ranked.size()));
    int bar = width >= WIDE ? MAX_BAR : MIN_BAR;
    int name = Math.min(widest(shown), Math.max(MIN_BAR, sheet.width() - bar - FRAME));
    int number = 0;
    for (Hypothesis h : shown) {
      Double was = state.moved().get(h.cause());
      String moved = was == null ? "" : moved(was, h.probability());
      String row =
          String.format(Locale.ROOT, "  %2d  ", ++number)
              + sheet.ink(String.format("%5s", Words.percent(h.probability())), Ink.BOLD)
              + "  "
              + sheet.ink(bar(h.probability(), bar), Ink.CYAN)
              + "  ";
      String named = Cells.cut(words.cause(h.cause()), name);
      boolean fits = FRAME + bar + name + 2 + Cells.width(moved) <= sheet.width();
      sheet.line(row + (fits ? Cells.pad(named, name) + "  " + ink(moved, was, h) : named));
      if (!fits && was != null) {
        sheet.line(" ".repeat(FRAME - 2 + bar) + ink(moved, was, h));
      }
    }
    return sheet.toString();
  }

  /** What comes first need not be likely. */
  private String head(Hypothesis first) {
    return first.probability() < limit("lead") ? "ask-standing-faint" : "ask-standing";
  }

  private double limit(String name) {
    return knowledge.weights().limit(name);
  }

  private int widest(List<Hypothesis> shown) {
    return shown.stream().mapToInt(h -> Cells.width(words.cause(h.cause()))).max().orElse(0);
  }

  private String moved(double was, double now) {
    return (now > was ? "▲ " : "▼ ") + words.say("ask-was", Words.percent(was));
  }

  private String ink(String moved, Double was, Hypothesis h) {
    return was == null ? "" : (h.probability() > was ? Ink.RED : Ink.GREEN).on(moved, colour);
  }

  private static String bar(double probability, int cells) {
    int filled = (int) Math.round(cells * probability);
    return "█".repeat(filled) + "░".repeat(cells - filled);
  }

  /** How a probability came about: a sum of log-odds, each with where it was seen. */
  public String account(Account account, Diagnosis diagnosis) {
    Sheet sheet = new Sheet(width, colour);
    Excerpt excerpt = new Excerpt(knowledge, diagnosis);
    Diagnosis.Cause cause = account.cause();
    sheet.item("  ", cause.name(), List.of(cause.id(), cause.step()), Ink.BOLD);
    sheet.text(cause.summary(), 2);
    entry(
        sheet,
        account.prior(),
        words.say(
            "ask-prior", String.format(Locale.ROOT, "%.1f", 100 * account.priorProbability())),
        List.of());
    for (Diagnosis.Evidence e : cause.supports()) {
      entry(sheet, e.weight(), e.text(), excerpt.places(e.observations()));
    }
    for (Diagnosis.Evidence e : cause.opposes()) {
      entry(sheet, -e.weight(), e.text(), excerpt.places(e.observations()));
    }
    if (!account.roots().isEmpty()) {
      String roots =
          String.join(words.say("comma"), account.roots().stream().map(words::cause).toList());
      entry(sheet, -account.explained(), words.say("ask-explained", roots), List.of());
    }
    if (account.shared() >= SHOWN) {
      entry(sheet, account.shared(), words.say("ask-shared"), List.of());
    }
    String percent = Words.percent(cause.probability());
    return sheet.item(lead("=", account.sum()), words.say("ask-sum", percent), Ink.BOLD).toString();
  }

  private static void entry(Sheet sheet, double weight, String text, List<String> places) {
    Ink ink = weight >= 0 ? Ink.GREEN : Ink.RED;
    String lead = lead(weight >= 0 ? "+" : "−", Math.abs(weight));
    sheet.item(sheet.ink(lead, ink), text, places);
  }

  private static String lead(String sign, double weight) {
    return String.format(Locale.ROOT, "   %s %4.1f  ", sign, weight);
  }

  /** What became of what was wrong before the repair; nothing without a run before. */
  public String comparison(Diagnosis diagnosis) {
    Sheet sheet = new Sheet(width, colour);
    new ComparisonLines(words, sheet, false).previous(diagnosis.previous());
    return sheet.toString();
  }

  /** What the user should do first as things stand; nothing when there is nothing to do. */
  public String firstAction(Diagnosis diagnosis) {
    Sheet sheet = new Sheet(width, colour);
    diagnosis.actions().stream()
        .findFirst()
        .ifPresent(
            a -> {
              String kind = Excerpt.kind(a);
              String about = words.cause(a.cause());
              String title = kind == null ? about : words.say(kind, about);
              String lead = "  " + words.say("ask-first-action") + words.say("colon");
              sheet.item(lead, title, List.of(words.sayOr("cost-" + a.cost(), "")), Ink.BOLD);
              sheet.text(a.text(), 2);
            });
    return sheet.toString();
  }
}
