package org.aitia.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Words;

/** The causes, for the terminal. */
final class CauseLines {
  private static final int BAR = 20;
  private static final int SMALL_BAR = 8;

  private final Diagnosis diagnosis;
  private final Words words;
  private final Sheet sheet;
  private final Excerpt excerpt;

  CauseLines(Diagnosis diagnosis, Words words, Sheet sheet, Excerpt excerpt) {
    this.diagnosis = diagnosis;
    this.words = words;
    this.sheet = sheet;
    this.excerpt = excerpt;
  }

  /** Each likely cause with what speaks for and against it. */
  void likely() {
    for (Diagnosis.Cause cause : excerpt.likely()) {
      sheet.gap();
      String bar = bar(cause.probability(), BAR);
      sheet.item(
          "  ",
          cause.name(),
          List.of(bar + " " + Words.percent(cause.probability()), cause.id() + ", " + cause.step()),
          Ink.BOLD,
          Ink.CYAN);
      sheet.text(cause.summary(), 2);
      if (cause.chain() != null && cause.chain().size() > 1) {
        String chain =
            cause.chain().stream()
                .map(id -> words.link(id, diagnosis))
                .collect(Collectors.joining(" → "));
        sheet.text(chain, 2, Ink.YELLOW);
      }
      evidence(cause.supports(), sheet.ink("+", Ink.GREEN));
      evidence(cause.opposes(), sheet.ink("−", Ink.RED));
    }
  }

  private void evidence(List<Diagnosis.Evidence> list, String sign) {
    for (Diagnosis.Evidence e : list) {
      List<String> remarks = new ArrayList<>(excerpt.places(e.observations()));
      remarks.add("[" + e.rule() + ", " + Words.number(e.weight()) + "]");
      sheet.item("    " + sign + " ", e.text(), remarks);
    }
  }

  /** The other suspects, one line each. */
  void others() {
    List<Diagnosis.Cause> others = excerpt.others();
    if (others.isEmpty()) {
      return;
    }
    sheet.heading(words.say("heading-others"));
    int widest = others.stream().mapToInt(c -> Cells.width(Cells.clean(c.name()))).max().orElse(0);
    int step = others.stream().mapToInt(c -> Cells.width(Cells.clean(c.step()))).max().orElse(0);
    int room = sheet.width() - SMALL_BAR - 13;
    // A narrow window shows the names whole rather than the steps beside them.
    boolean steps = widest + 2 + step <= room;
    int name = Math.min(widest, room);
    for (Diagnosis.Cause c : others) {
      String percent = String.format(Locale.ROOT, "%5s", Words.percent(c.probability()));
      sheet.line(
          "  "
              + percent
              + "  "
              + sheet.ink(bar(c.probability(), SMALL_BAR), Ink.CYAN)
              + "  "
              + Cells.pad(Cells.cut(c.name(), name), name)
              + (steps ? "  " + sheet.ink(Cells.clean(c.step()), Ink.DIM) : ""));
    }
  }

  /** A share as a bar of that many cells. */
  static String bar(double share, int cells) {
    int full = (int) Math.round(Math.min(1, Math.max(0, share)) * cells);
    return "█".repeat(full) + "░".repeat(cells - full);
  }
}
