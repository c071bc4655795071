package org.aitia.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Speech;
import org.aitia.evidence.Readers;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Cells;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;
import org.aitia.report.terminal.Ink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia list}. */
@Command(
    name = "list",
    description = "Lists what the program knows.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ListCommand implements Callable<Integer> {
  private static final int MIN_LAST = 24;

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
  private What what;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private ListFormat format;

  @Mixin private Speech speech;

  /** What can be listed. */
  enum What {
    causes,
    rules,
    questions,
    thresholds,
    steps,
    formats,
    checks,
    symptoms
  }

  /** Formats of a list. */
  enum ListFormat {
    text,
    json
  }

  @Override
  public Integer call() {
    Knowledge knowledge = KnowledgeReader.compiled();
    Words words = new Words(knowledge, speech.language(main.surroundings));
    List<Map<String, String>> rows = rows(knowledge, words);
    spec.commandLine()
        .getOut()
        .print(
            format == ListFormat.json ? DiagnosisJson.indented().write(rows) : table(rows, words));
    return ExitCodes.DONE;
  }

  private List<Map<String, String>> rows(Knowledge knowledge, Words words) {
    Language in = words.language();
    return switch (what) {
      case causes ->
          knowledge.causes().values().stream()
              .map(
                  c ->
                      row(
                          "id",
                          c.id(),
                          "family",
                          c.family(),
                          "step",
                          c.step(),
                          "name",
                          c.page(in).name()))
              .toList();
      case rules -> rules(knowledge);
      case questions ->
          knowledge.questions().values().stream()
              .map(
                  q ->
                      row(
                          "id",
                          q.id(),
                          "step",
                          q.step(),
                          "cost",
                          q.cost().id(),
                          "text",
                          q.text().in(in)))
              .toList();
      case thresholds -> thresholds(knowledge, words);
      case steps ->
          knowledge.steps().values().stream()
              .map(s -> row("id", s.id(), "name", s.name().in(in)))
              .toList();
      case formats ->
          Readers.ALL.stream().map(r -> row("id", r.format(), "text", r.describe())).toList();
      case checks ->
          knowledge.checks().values().stream()
              .map(c -> row("id", c.id(), "step", c.step(), "text", c.text().in(in)))
              .toList();
      case symptoms ->
          symptoms(knowledge)
              .map(
                  s ->
                      row(
                          "id",
                          s.id(),
                          "severity",
                          s.severity().id(),
                          "text",
                          Pages.symptom(s, words)))
              .toList();
    };
  }

  private static java.util.stream.Stream<SymptomType> symptoms(Knowledge knowledge) {
    return knowledge.symptoms().values().stream().sorted(Comparator.comparing(SymptomType::id));
  }

  private static List<Map<String, String>> rules(Knowledge knowledge) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (RuleBook.Entry r : RuleBook.builtIn().entries().values()) {
      if (r.claims().isEmpty()) {
        String level = r.level() == null ? "" : r.level().id();
        rows.add(row("kind", "", "level", level, "cause", "", "name", r.name()));
      }
      for (Claim c : r.claims()) {
        String level = c.level().id();
        String kind = c.stance().id();
        rows.add(row("kind", kind, "level", level, "cause", c.cause(), "name", r.name()));
      }
    }
    rows.sort(
        Comparator.comparing(
            r -> List.copyOf(knowledge.causes().keySet()).indexOf(r.get("cause"))));
    return rows;
  }

  private static List<Map<String, String>> thresholds(Knowledge knowledge, Words words) {
    Stream<Map<String, String>> judging =
        symptoms(knowledge)
            .filter(s -> s.threshold() != null && s.sign() == null)
            .map(
                s ->
                    row(
                        "id", s.id(),
                        "limit", Pages.limit(s.threshold(), words),
                        "measure", s.threshold().measure()));
    Stream<Map<String, String>> observing =
        knowledge.limits().values().stream()
            .map(
                l ->
                    row(
                        "id", l.id(),
                        "limit", Words.number(l.value()),
                        "measure", String.join(", ", l.measures())));
    return Stream.concat(judging, observing).toList();
  }

  private static Map<String, String> row(String... cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i], cells[i + 1]);
    }
    return row;
  }

  /** An aligned table; the last column is wrapped on a terminal. */
  private String table(List<Map<String, String>> rows, Words words) {
    if (rows.isEmpty()) {
      return "";
    }
    boolean colour = speech.colour(main.surroundings);
    List<String> columns = List.copyOf(rows.get(0).keySet());
    List<Integer> widths = new ArrayList<>();
    for (String column : columns) {
      int widest = rows.stream().mapToInt(r -> Cells.width(r.get(column))).max().orElse(0);
      widths.add(Math.max(widest, Cells.width(words.say("column-" + column))));
    }
    int before = widths.subList(0, widths.size() - 1).stream().mapToInt(w -> w + 2).sum();
    // Tools that take the table apart want a line a row; people want no line broken by the window.
    int last =
        main.surroundings.out()
            ? Math.max(MIN_LAST, main.surroundings.columns() - before)
            : Integer.MAX_VALUE;
    StringBuilder out = new StringBuilder();
    String head =
        columns.stream()
            .map(c -> Cells.pad(words.say("column-" + c), widths.get(columns.indexOf(c))))
            .collect(Collectors.joining("  "))
            .stripTrailing();
    out.append(Ink.BOLD.on(head, colour)).append('\n');
    for (Map<String, String> row : rows) {
      for (int i = 0; i < columns.size() - 1; i++) {
        String cell = Cells.pad(row.get(columns.get(i)), widths.get(i)) + "  ";
        out.append(i == 0 ? Ink.CYAN.on(cell, colour) : cell);
      }
      List<String> lines = Cells.wrap(row.get(columns.get(columns.size() - 1)), last);
      out.append(String.join("\n" + " ".repeat(before), lines)).append('\n');
    }
    return out.toString();
  }
}
