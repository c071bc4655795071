package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.input.InOrder;
import org.aitia.cli.input.Notices;
import org.aitia.cli.input.ProgressBar;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.ErrorLine;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Speech;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Words;
import org.aitia.report.terminal.Sheet;
import org.aitia.report.terminal.SweepLines;
import org.aitia.run.Run;
import org.aitia.sweep.Sweep;
import org.aitia.sweep.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia sweep}. */
@Command(
    name = "sweep",
    description = "Diagnoses many runs of one program and says which settings go with failure.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Every sub-folder of a PATH that holds a run is one of its own, as with --each."})
final class SweepCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private SweepFormat format;

  @Mixin private Speech speech;

  /** Formats of a sweep. */
  enum SweepFormat {
    text,
    json
  }

  /**
   * What became of one run.
   *
   * @param trial null when nothing could be read
   * @param said why, in that case
   */
  private record Answer(Trial trial, String said) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Vocabulary vocabulary = diagnoser.vocabulary();
    runs.ofMany();
    runs.check(vocabulary);
    Language language = speech.language(main.surroundings);
    Words words = new Words(diagnoser.knowledge(), language);
    PrintWriter err = spec.commandLine().getErr();
    List<RunOptions.Place> places = runs.places(vocabulary);
    List<Trial> trials = new ArrayList<>();
    int[] code = {ExitCodes.DONE};
    boolean drawn = main.surroundings.err();
    try (ProgressBar bar =
        new ProgressBar(drawn ? err : null, drawn ? RunOptions.bytes(places) : 0, places.size())) {
      InOrder.forEach(
          places,
          place -> answer(place, diagnoser, words, bar),
          answer -> {
            if (answer.trial() != null) {
              return trials.add(answer.trial());
            }
            bar.clear();
            err.println(Notices.line(answer.said()));
            err.flush();
            code[0] = ExitCodes.NOTHING_READABLE;
            return true;
          });
    }
    spec.commandLine().getOut().print(text(Sweep.of(trials), words));
    return code[0];
  }

  private Answer answer(RunOptions.Place place, Diagnoser diagnoser, Words words, ProgressBar bar) {
    try {
      Run run = place.there() ? runs.read(place, bar.ofRun(), diagnoser.vocabulary()) : null;
      if (run == null || !RunFolder.holdsRun(run)) {
        String nothing = new Notices(words, true).nothingAt(place.source(), place.path(), run);
        return new Answer(null, nothing);
      }
      // an id tells a person less than the name that the run has there
      String name = place.kept() == null ? null : run.fact("name").orElse(null);
      return new Answer(Trial.of(run, name, diagnoser.diagnose(run, words.language())), null);
    } catch (IOException | RuntimeException e) {
      return new Answer(null, place.source() + ": " + words.say("broke-off", ErrorLine.of(e)));
    } finally {
      bar.finished();
    }
  }

  private String text(Sweep sweep, Words words) {
    if (format == SweepFormat.json) {
      return DiagnosisJson.indented().write(sweep);
    }
    Sheet sheet = new Sheet(main.surroundings.columns(), speech.colour(main.surroundings));
    new SweepLines(words, sheet).write(sweep);
    return sheet.toString();
  }
}
