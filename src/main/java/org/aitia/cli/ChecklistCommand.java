package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.input.Notices;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Speech;
import org.aitia.diagnosis.Checklist;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.document.ChecklistReport;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia checklist}. */
@Command(
    name = "checklist",
    description = "Goes through the checks of the decision tree and says what became of each.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ChecklistCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private ListFormat format;

  @Option(
      names = {"-v", "--verbose"},
      description = "show how to get what is missing, and all notes on files")
  private boolean verbose;

  @Mixin private Speech speech;

  /** Formats of a checklist. */
  enum ListFormat {
    text,
    markdown,
    json,
    jsonl
  }

  @Override
  public Integer call() throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Vocabulary vocabulary = diagnoser.vocabulary();
    runs.check(vocabulary);
    Language language = speech.language(main.surroundings);
    Notices notices = new Notices(new Words(diagnoser.knowledge(), language), verbose);
    Companions companions = runs.companions(vocabulary);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int code = ExitCodes.DONE;
    for (RunOptions.Place place : runs.places(vocabulary)) {
      Run run = runs.at(place, vocabulary);
      if (run == null || !RunFolder.holdsRun(run)) {
        err.println(Notices.line(notices.nothingAt(place.source(), place.path(), run)));
        code = Math.max(code, ExitCodes.NOTHING_READABLE);
        continue;
      }
      notices.of(run).forEach(n -> err.println(Notices.line(n)));
      Diagnosis diagnosis = diagnoser.examine(run, companions).diagnose(language);
      if (!diagnosis.failed().isEmpty()) {
        code = ExitCodes.FAULT;
      }
      Checklist list = Checklist.of(diagnoser.knowledge(), diagnosis, run.report().answers());
      ChecklistReport report = new ChecklistReport(diagnoser.knowledge());
      out.print(
          switch (format) {
            case json -> DiagnosisJson.indented().write(list);
            case jsonl -> DiagnosisJson.lines().write(list);
            case markdown -> report.markdown(list);
            case text ->
                report.text(
                    list, main.surroundings.columns(), speech.colour(main.surroundings), verbose);
          });
      out.flush();
    }
    err.flush();
    return code;
  }
}
