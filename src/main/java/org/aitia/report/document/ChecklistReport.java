package org.aitia.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Checklist;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.Words;
import org.aitia.report.terminal.Ink;
import org.aitia.report.terminal.Sheet;

/** The checklist form of a diagnosis, for the terminal and as Markdown. */
public final class ChecklistReport {
  private static final Map<Checklist.State, String> SIGNS =
      Map.of(
          Checklist.State.PROBLEM, "✗",
          Checklist.State.FINE, "✓",
          Checklist.State.NOT_APPLICABLE, "–",
          Checklist.State.NOT_CHECKED, "○");

  private static final Map<Checklist.State, Ink> INKS =
      Map.of(
          Checklist.State.PROBLEM, Ink.RED,
          Checklist.State.FINE, Ink.GREEN,
          Checklist.State.NOT_APPLICABLE, Ink.DIM,
          Checklist.State.NOT_CHECKED, Ink.DIM);

  private final Knowledge knowledge;

  public ChecklistReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** For the terminal. */
  public String text(Checklist list, int width, boolean colour, boolean verbose) {
    Words words = words(list);
    Sheet sheet = new Sheet(width, colour);
    sheet.text(words.say("heading-checklist", list.source()), 0, Ink.BOLD);
    sheet.text(list.summary(), 0);
    sheet.text(totals(list, words), 0, Ink.DIM);
    String step = null;
    for (Checklist.Item item : list.items()) {
      if (!item.step().equals(step)) {
        step = item.step();
        sheet.heading(step + "  " + stepName(step, words));
      }
      List<String> remarks =
          switch (item.state()) {
            case PROBLEM -> item.causes().stream().map(c -> found(c, words)).toList();
            case NOT_CHECKED -> List.of(words.say("missing", item.missing()));
            default -> List.of();
          };
      String sign = sheet.ink(SIGNS.get(item.state()), INKS.get(item.state()));
      sheet.item("  " + sign + " ", item.text(), remarks);
      if (verbose && item.how() != null) {
        sheet.text(words.say("how", item.how()), 4, Ink.DIM);
      }
    }
    return sheet.toString();
  }

  /** As Markdown: one table a step. */
  public String markdown(Checklist list) {
    Words words = words(list);
    StringBuilder out = new StringBuilder();
    out.append("# ").append(words.say("heading-checklist", Markdown.code(list.source())));
    out.append("\n\n").append(Markdown.prose(list.summary())).append("\n\n");
    out.append(totals(list, words)).append("\n\n");
    out.append(words.say("checklist-made", list.knowledge())).append('\n');
    String step = null;
    for (Checklist.Item item : list.items()) {
      if (!item.step().equals(step)) {
        step = item.step();
        out.append("\n## ").append(step).append(' ').append(stepName(step, words)).append("\n\n| ");
        out.append(words.say("column-id")).append(" | ").append(words.say("column-check"));
        out.append(" | ").append(words.say("column-state")).append(" | ");
        out.append(words.say("column-note")).append(" |\n| --- | --- | --- | --- |\n");
      }
      out.append("| `").append(item.check()).append("` | ").append(Markdown.prose(item.text()));
      out.append(" | ")
          .append(SIGNS.get(item.state()))
          .append(' ')
          .append(said(item.state(), words));
      out.append(" | ").append(note(item, words)).append(" |\n");
    }
    return out.toString();
  }

  /** What was found, what was answered, or what is missing and how to get it. */
  private String note(Checklist.Item item, Words words) {
    List<String> parts = new ArrayList<>();
    item.causes().forEach(c -> parts.add(Markdown.text(found(c, words))));
    item.answers()
        .forEach(
            (question, answer) ->
                parts.add("`" + question + "`" + words.say("colon") + Markdown.text(answer)));
    if (item.missing() != null) {
      parts.add(Markdown.text(words.say("missing", item.missing())));
      parts.add(Markdown.prose(item.how()));
    }
    if (!item.open().isEmpty()) {
      String questions =
          item.open().stream().map(q -> "`" + q + "`").collect(Collectors.joining(", "));
      parts.add(words.say("checklist-ask", questions));
    }
    return String.join("<br>", parts);
  }

  private static String found(Checklist.Found cause, Words words) {
    String name = cause.name() + " (" + Words.percent(cause.probability()) + ")";
    return cause.evidence() == null ? name : name + words.say("colon") + cause.evidence();
  }

  private Words words(Checklist list) {
    return new Words(knowledge, Language.of(list.language()));
  }

  private String stepName(String step, Words words) {
    return knowledge.steps().get(step).name().in(words.language());
  }

  private static String totals(Checklist list, Words words) {
    return java.util.Arrays.stream(Checklist.State.values())
        .map(
            state ->
                SIGNS.get(state)
                    + " "
                    + said(state, words)
                    + " "
                    + list.items().stream().filter(i -> i.state() == state).count())
        .collect(Collectors.joining("   "));
  }

  private static String said(Checklist.State state, Words words) {
    return words.say(state == Checklist.State.FINE ? "check-fine" : "check-" + state.id());
  }
}
