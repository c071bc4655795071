package org.aitia.report.document;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final Knowledge knowledge;

  public ChecklistReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** For the terminal. */
  public String text(Checklist list, int width, boolean colour, boolean verbose) {
    View view = view(list);
    Sheet sheet = new Sheet(width, colour);
    sheet.text(view.words.say("heading-checklist", list.source()), 0, Ink.BOLD);
    sheet.text(list.summary(), 0);
    sheet.text(view.totals(), 0, Ink.DIM);
    for (String step : view.steps()) {
      sheet.heading(step + "  " + view.name(step));
      for (Checklist.Item item : view.items(step)) {
        List<String> remarks =
            switch (item.state()) {
              case PROBLEM -> item.causes().stream().map(view::found).toList();
              case NOT_CHECKED -> List.of(view.words.say("missing", item.missing()));
              default -> List.of();
            };
        Ink ink =
            switch (item.state()) {
              case PROBLEM -> Ink.RED;
              case FINE -> Ink.GREEN;
              default -> Ink.DIM;
            };
        sheet.item("  " + sheet.ink(view.sign(item.state()), ink) + " ", item.text(), remarks);
        if (verbose && item.how() != null) {
          sheet.text(view.words.say("how", item.how()), 4, Ink.DIM);
        }
      }
    }
    return sheet.toString();
  }

  /** As Markdown: one table a step. */
  public String markdown(Checklist list) {
    View view = view(list);
    return Templates.fill("checklist.md", view.words, view);
  }

  private View view(Checklist list) {
    return new View(knowledge, list, new Words(knowledge, Language.of(list.language())));
  }

  /** What the template names. */
  @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // Qute calls it
  private record View(Knowledge knowledge, Checklist list, Words words) {
    public List<String> steps() {
      return list.items().stream().map(Checklist.Item::step).distinct().toList();
    }

    public List<Checklist.Item> items(String step) {
      return list.items().stream().filter(i -> i.step().equals(step)).toList();
    }

    public String name(String step) {
      return knowledge.steps().get(step).name().in(words.language());
    }

    /** How many checks are in each state. */
    public String totals() {
      Map<Checklist.State, Long> found =
          list.items().stream()
              .collect(Collectors.groupingBy(Checklist.Item::state, Collectors.counting()));
      return Arrays.stream(Checklist.State.values())
          .map(s -> sign(s) + " " + said(s) + " " + found.getOrDefault(s, 0L))
          .collect(Collectors.joining("   "));
    }

    public String sign(Checklist.State state) {
      return switch (state) {
        case PROBLEM -> "✗";
        case FINE -> "✓";
        case NOT_APPLICABLE -> "–";
        case NOT_CHECKED -> "○";
      };
    }

    public String said(Checklist.State state) {
      return words.say(state == Checklist.State.FINE ? "check-fine" : "check-" + state.id());
    }

    String found(Checklist.Found cause) {
      String name = cause.name() + " (" + Words.percent(cause.probability()) + ")";
      return cause.evidence() == null ? name : name + words.say("colon") + cause.evidence();
    }

    /** What was found, what was answered, or what is missing and how to get it. */
    public String note(Checklist.Item item) {
      List<String> parts = new ArrayList<>();
      item.causes().forEach(c -> parts.add(Markdown.text(found(c))));
      item.answers()
          .forEach((q, a) -> parts.add("`" + q + "`" + words.say("colon") + Markdown.text(a)));
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
  }
}
