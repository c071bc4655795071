package org.aitia.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Step.State;
import org.aitia.report.Cells;
import org.aitia.report.Excerpt;
import org.aitia.report.Words;

/** The decision tree with the state of each step, for the terminal. */
final class TreeLines {
  private static final int NUMBER = 18;
  private static final int NARROW = 60;

  private final Words words;
  private final Sheet sheet;
  private final Excerpt excerpt;

  TreeLines(Words words, Sheet sheet, Excerpt excerpt) {
    this.words = words;
    this.sheet = sheet;
    this.excerpt = excerpt;
  }

  void write(List<Diagnosis.StepState> tree) {
    sheet.heading(words.say("heading-tree"));
    List<String> cells = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (Diagnosis.StepState s : tree) {
      int[] checks = excerpt.checksOf(s.step());
      String count = checks[1] == 0 ? "" : " " + checks[0] + "/" + checks[1];
      String text =
          Cells.pad(number(s.step()), sheet.width() < NARROW ? 3 : NUMBER) + Cells.clean(s.name());
      plain.add("? " + text + count);
      cells.add(
          mark(s.state())
              + " "
              + (s.state() == State.SUSPECT ? sheet.ink(text, Ink.BOLD) : text)
              + sheet.ink(count, Ink.DIM));
    }
    int column = plain.stream().mapToInt(Cells::width).max().orElse(0) + 4;
    boolean two = 2 * column + 2 <= sheet.width();
    int rows = two ? (cells.size() + 1) / 2 : cells.size();
    for (int i = 0; i < rows; i++) {
      String right =
          two && i + rows < cells.size()
              ? " ".repeat(column - Cells.width(plain.get(i))) + cells.get(i + rows)
              : "";
      sheet.line("  " + cells.get(i) + right);
    }
    String legend =
        tree.stream()
            .map(Diagnosis.StepState::state)
            .distinct()
            .map(s -> Words.sign(s) + " " + words.say("state-" + s.id()))
            .collect(Collectors.joining("   "));
    sheet.text(legend, 2, Ink.DIM);
  }

  private String mark(State state) {
    Ink ink =
        switch (state) {
          case CLEAR -> Ink.GREEN;
          case SUSPECT -> Ink.RED;
          default -> Ink.DIM;
        };
    return sheet.ink(Words.sign(state), ink);
  }

  /** The id of a step; where there is little room its number, as in {@code 4a}. */
  private String number(String step) {
    String id = Cells.clean(step);
    int dot = id.indexOf('.');
    boolean numbered = dot > 0 && Character.isDigit(id.charAt(0));
    return sheet.width() >= NARROW ? id : numbered ? id.substring(0, dot) : "";
  }
}
