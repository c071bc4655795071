package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.input.Notices;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.ScriptFile;
import org.aitia.cli.output.Speech;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.Words;
import org.aitia.run.Run;
import org.aitia.script.Repairs;
import org.aitia.script.repair.Repair;
import org.aitia.script.trace.Finding;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia fix}. */
@Command(
    name = "fix",
    description =
        "Mends what a script leaves no choice about: shows the patch, and writes it when asked to.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FixCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;
  @ArgGroup private What what;
  @Mixin private Speech speech;

  /** Whether patches are shown or written. */
  static final class What {
    @Option(names = "--dry-run", description = "only show the patches; the default")
    @SuppressWarnings("UnusedVariable") // excludes --write
    private boolean shown;

    @Option(
        names = "--write",
        description = "write the patches; each script is kept beside it as NAME.orig")
    private boolean written;
  }

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
        continue;
      }
      List<Repair> repairs = Repairs.of(run);
      for (Repair repair : repairs) {
        show(repair, diagnoser.knowledge(), words, out, err);
        code = Math.max(code, written(repair, place.path(), words, err));
      }
      if (repairs.isEmpty()) {
        err.println(words.say("fix-nothing", place.source()));
      }
    }
    out.flush();
    err.flush();
    return code;
  }

  /** The patch alone goes to standard output, so that it can be handed on. */
  private static void show(
      Repair repair, Knowledge knowledge, Words words, PrintWriter out, PrintWriter err) {
    for (Finding finding : repair.mended()) {
      String text =
          knowledge
              .symptom(finding.what())
              .text()
              .in(words.language())
              .replace("{detail}", finding.script().quote(finding.line()));
      err.println(finding.script().file() + ":" + finding.line() + words.say("colon") + text);
    }
    repair.diff().forEach(out::println);
  }

  private int written(Repair repair, Path path, Words words, PrintWriter err) throws IOException {
    // a script that is kept elsewhere is mended there
    if (what == null || !what.written || path == null) {
      err.println(words.say("fix-how"));
      return ExitCodes.DONE;
    }
    Path file = Files.isDirectory(path) ? path.resolve(repair.script().file()) : path;
    ScriptFile.Outcome outcome = ScriptFile.replace(file, repair.script().lines(), repair.lines());
    err.println(words.say("fix-" + outcome.id(), file, ScriptFile.kept(file)));
    return outcome == ScriptFile.Outcome.WRITTEN ? ExitCodes.DONE : ExitCodes.NOT_WRITTEN;
  }
}
