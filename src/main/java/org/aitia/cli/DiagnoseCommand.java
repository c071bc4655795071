package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.input.InOrder;
import org.aitia.cli.input.Notices;
import org.aitia.cli.input.ProgressBar;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.Destination;
import org.aitia.cli.output.ErrorLine;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Format;
import org.aitia.cli.output.Speech;
import org.aitia.cli.output.Surroundings;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Failure;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.report.Renderer;
import org.aitia.report.Words;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.pipeline.RunTold;
import org.aitia.report.terminal.FirstScreen;
import org.aitia.report.terminal.TextReport;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia diagnose}. */
@Command(
    name = "diagnose",
    description = "Diagnoses training runs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DiagnoseCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private RunOptions runs;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "${COMPLETION-CANDIDATES}; default: text, or what the name of the --output file asks for")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write the result to a file; Markdown gets its curves beside it")
  private Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      defaultValue = "never",
      description =
          "exit with 1: never (the default); when a run is faulty; when one is undecided or faulty")
  private FailOn failOn;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "an earlier result (json, jsonl or sarif): only what is new since is told and fails")
  private Path baseline;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description =
          "own rules (*.drl) and entries (causes/, symptoms/, questions.yaml, checks.yaml), on top of"
              + " the program's; rules are code that runs with all rights of this program")
  private Path rules;

  @Option(
      names = "--thresholds",
      paramLabel = "FILE",
      description = "own limits (YAML), by the symptom's id")
  private Path thresholds;

  @Option(
      names = {"-v", "--verbose"},
      description = "show all: files and what became of them, observations, rules, stack traces")
  private boolean verbose;

  @Mixin private WriteBack writeBack;
  @Mixin private Speech speech;

  /**
   * One run's answer, ready to be written.
   *
   * @param verdict null when there is none
   * @param told of it to a pipeline; null where nobody asks for it
   */
  private record Answer(
      String text,
      Map<String, String> pictures,
      List<String> notices,
      Verdict verdict,
      RunTold told,
      int code) {}

  private Diagnoser diagnoser;
  private Companions companions;
  private Language language;
  private Words words;
  private Notices notices;
  private ProgressBar bar;
  private Results results;

  @Override
  public Integer call() throws IOException, InterruptedException {
    diagnoser = diagnoser();
    Vocabulary vocabulary = diagnoser.vocabulary();
    runs.check(vocabulary);
    if (format == null) {
      format = output == null ? Format.text : Format.of(output);
    }
    List<RunOptions.Place> places = runs.places(vocabulary);
    writeBack.check(places);
    if (format == Format.html && places.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "an HTML page is about one run, not " + places.size() + "; name one PATH at a time");
    }
    language = speech.language(main.surroundings);
    words = new Words(diagnoser.knowledge(), language);
    notices = new Notices(words, verbose);
    results = new Results(format, diagnoser, words, this::text, baseline, places.size());
    companions = runs.companions(vocabulary);
    PrintWriter err = spec.commandLine().getErr();
    boolean drawn = main.surroundings.err();
    int[] code = {ExitCodes.DONE};
    try (ProgressBar progress =
            new ProgressBar(
                drawn ? err : null, drawn ? RunOptions.bytes(places) : 0, places.size());
        Destination to =
            Destination.of(output, spec.commandLine().getOut(), format, places.size() > 1)) {
      bar = progress;
      InOrder.forEach(
          places,
          place -> answer(place, to),
          answer -> {
            bar.clear();
            answer.notices().forEach(n -> err.println(Notices.line(n)));
            err.flush();
            code[0] = Math.max(code[0], answer.code());
            if (failOn.reachedBy(answer.verdict()) && results.counts(answer.told())) {
              code[0] = Math.max(code[0], ExitCodes.FAILED_ON);
            }
            if (results.document() != null) {
              results.document().add(answer.told());
            }
            return to.write(answer.text(), answer.pictures());
          });
      if (results.document() != null) {
        to.write(results.document().document(), Map.of());
      }
      to.finish();
    }
    if (results.since() != null) {
      err.println(Notices.line(results.since()));
      err.flush();
    }
    return code[0];
  }

  private Diagnoser diagnoser() {
    try {
      return Diagnoser.with(rules, thresholds);
    } catch (KnowledgeException e) {
      throw new ParameterException(
          spec.commandLine(), String.join(System.lineSeparator(), e.problems()));
    }
  }

  /** Reads and diagnoses one run. Called by several threads. */
  private Answer answer(RunOptions.Place place, Destination to) {
    Run run = null;
    List<String> said = new ArrayList<>();
    try {
      if (place.there()) {
        run = runs.read(place, bar.ofRun(), diagnoser.vocabulary());
      }
      if (run != null && readable(run)) {
        said.addAll(notices.of(run));
        Diagnoser.Examination examination = diagnoser.examine(run, companions);
        Map<String, String> answers = run.report().answers();
        Conclusions conclusions = examination.conclude(answers);
        Diagnosis diagnosis = examination.write(conclusions, answers, language);
        if (verbose) {
          conclusions.failures().forEach(f -> said.addAll(ErrorLine.trace(f.thrown())));
        }
        return answer(diagnosis, place, to, said);
      }
      said.add(notices.nothingAt(place.source(), place.path(), run));
    } catch (AccessDeniedException e) {
      said.add(place.source() + ": " + words.say("not-allowed"));
    } catch (OutOfMemoryError e) {
      said.add(place.source() + ": " + words.say("out-of-memory"));
      return brokenOff(place, said, e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      said.add(place.source() + ": " + words.say("broke-off", ErrorLine.of(e)));
      if (verbose) {
        said.addAll(ErrorLine.trace(e));
      }
      return brokenOff(place, said, e);
    } finally {
      bar.finished();
    }
    return unanswered(place, said);
  }

  private Answer answer(
      Diagnosis diagnosis, RunOptions.Place place, Destination to, List<String> said) {
    RunTold told = results.told(diagnosis, place.path());
    int code =
        Math.max(
            diagnosis.failed().isEmpty() ? ExitCodes.DONE : ExitCodes.FAULT,
            writeBack.note(diagnosis, place, diagnoser.knowledge(), said));
    String instead = results.instead(told);
    if (instead != null) {
      return new Answer(instead, Map.of(), said, diagnosis.verdict(), told, code);
    }
    String beside = to.pictures(place.index());
    Renderer renderer = results.renderer(beside);
    Map<String, String> pictures = new LinkedHashMap<>();
    if (beside != null && renderer instanceof MarkdownReport report) {
      report.pictures(diagnosis).forEach((name, svg) -> pictures.put(beside + name, svg));
    }
    String text = renderer.render(diagnosis);
    return new Answer(text, pictures, said, diagnosis.verdict(), told, code);
  }

  /**
   * Whether a file of the path itself was read; the symptom report alone is no run of that path.
   */
  private boolean readable(Run run) {
    List<FileNote> files = run.files();
    return files.subList(0, files.size() - (runs.reported() ? 1 : 0)).stream()
        .anyMatch(f -> f.state() == FileNote.State.READ || f.state() == FileNote.State.PARTIAL);
  }

  /** Nothing could be read. */
  private Answer unanswered(RunOptions.Place place, List<String> said) {
    return bare(place, said, null, ExitCodes.NOTHING_READABLE);
  }

  /** The program failed past all that keeps its parts from one another. */
  private Answer brokenOff(RunOptions.Place place, List<String> said, Throwable thrown) {
    Failure failure = Failure.of(Failure.Part.DIAGNOSIS, "whole", thrown);
    return bare(place, said, failure, ExitCodes.FAULT);
  }

  /** The formats for machines are told of every path. */
  private Answer bare(RunOptions.Place place, List<String> said, Failure failure, int code) {
    if (!results.tellsUnread()) {
      return new Answer("", Map.of(), said, null, null, code);
    }
    Diagnosis nothing = results.nothing(place.source(), said.get(0), failure);
    return new Answer(
        results.renderer(null).render(nothing),
        Map.of(),
        said,
        null,
        results.unread(nothing, place.path(), said),
        code);
  }

  private Renderer text() {
    int width = output == null ? main.surroundings.columns() : Surroundings.PAGE;
    boolean colour = output == null ? speech.colour(main.surroundings) : speech.colourInFile();
    return verbose
        ? new TextReport(diagnoser.knowledge(), width, colour)
        : new FirstScreen(diagnoser.knowledge(), width, colour);
  }
}
