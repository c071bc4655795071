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
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia observe}: the way to a diagnosis, left before anything is judged. */
@Command(
    name = "observe",
    description =
        "Prints what is measured of a run, before anything is judged, as JSON; aitia diagnose takes"
            + " such a file. With several runs an object a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ObserveCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;
  @Mixin private Speech speech;

  @Override
  public Integer call() throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Vocabulary vocabulary = diagnoser.vocabulary();
    runs.check(vocabulary);
    Notices notices =
        new Notices(new Words(diagnoser.knowledge(), speech.language(main.surroundings)), true);
    Companions companions = runs.companions(vocabulary);
    List<RunOptions.Place> places = runs.places(vocabulary);
    DiagnosisJson json = places.size() == 1 ? DiagnosisJson.indented() : DiagnosisJson.lines();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int code = ExitCodes.DONE;
    for (RunOptions.Place place : places) {
      Run run = runs.at(place, vocabulary);
      if (run == null || !RunFolder.holdsRun(run)) {
        err.println(Notices.line(notices.nothingAt(place.source(), place.path(), run)));
        code = Math.max(code, ExitCodes.NOTHING_READABLE);
        continue;
      }
      Diagnoser.Examination examined = diagnoser.examine(run, companions);
      if (!examined.failures().isEmpty()) {
        examined.failures().forEach(f -> err.println(f.name() + ": " + f.why()));
        code = Math.max(code, ExitCodes.FAULT);
      }
      out.print(json.write(examined.observed()));
      out.flush();
    }
    err.flush();
    return code;
  }
}
