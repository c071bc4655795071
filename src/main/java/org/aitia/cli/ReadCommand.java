package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.input.Notices;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Speech;
import org.aitia.diagnosis.Readout;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.terminal.ReadLines;
import org.aitia.report.terminal.Sheet;
import org.aitia.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia read}. */
@Command(
    name = "read",
    description =
        "Shows which series were found in the files of a run, and which files were not read.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReadCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private ReadFormat format;

  @Mixin private Speech speech;

  /** Formats of what was read. */
  enum ReadFormat {
    text,
    json
  }

  /** What was read at one path. */
  private record Answer(String source, List<Readout.Line> series, List<Readout.File> files) {}

  @Override
  public Integer call() throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Vocabulary vocabulary = diagnoser.vocabulary();
    runs.check(vocabulary);
    Words words = new Words(diagnoser.knowledge(), speech.language(main.surroundings));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int code = ExitCodes.DONE;
    for (RunOptions.Place place : runs.places(vocabulary)) {
      Run run = runs.at(place, vocabulary);
      if (run == null || !RunFolder.holdsRun(run)) {
        String nothing = new Notices(words, true).nothingAt(place.source(), place.path(), run);
        err.println(Notices.line(nothing));
        code = Math.max(code, ExitCodes.NOTHING_READABLE);
      }
      if (run != null) {
        out.print(text(place.source(), Readout.of(run), words));
        out.flush();
      }
    }
    err.flush();
    return code;
  }

  private String text(String source, Readout reading, Words words) {
    if (format == ReadFormat.json) {
      return DiagnosisJson.indented().write(new Answer(source, reading.series(), reading.files()));
    }
    Sheet sheet = new Sheet(main.surroundings.columns(), speech.colour(main.surroundings));
    sheet.text(source, 0);
    new ReadLines(words, sheet).write(reading);
    return sheet.gap().toString();
  }
}
