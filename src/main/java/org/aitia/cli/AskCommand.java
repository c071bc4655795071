package org.aitia.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.cli.conversation.Stage;
import org.aitia.cli.input.CompanionOptions;
import org.aitia.cli.input.NothingReadable;
import org.aitia.cli.input.Notices;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.OutputFile;
import org.aitia.cli.output.Speech;
import org.aitia.cli.session.Ongoing;
import org.aitia.cli.session.PreparedAnswers;
import org.aitia.cli.session.SessionFiles;
import org.aitia.cli.session.SessionStart;
import org.aitia.dialogue.Session;
import org.aitia.dialogue.Transcript;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.Words;
import org.aitia.report.document.SessionReport;
import org.aitia.run.Companions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia ask}. */
@Command(
    name = "ask",
    description = "Asks what the files cannot tell, the question worth most first.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without a terminal nothing is asked: the answers of --answers count, how things stand is",
      "printed with the next question, and the command ends."
    })
final class AskCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "a run: a file, a folder or a symptom report; without it the session starts from nothing")
  private String path;

  @Mixin private CompanionOptions companions;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description =
          "answers prepared: a YAML or JSON mapping of question ids to answers; - for standard input")
  private Path answers;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "keep the session here after every answer")
  private Path save;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description = "go on with a session that was saved")
  private Path resume;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "write the diagnosis with all answers here when the session ends")
  private Path export;

  @Option(names = "--plain", description = "no cursor tricks: lines only")
  private boolean plain;

  @Mixin private Speech speech;

  private Knowledge knowledge;
  private Language language;
  private Words words;

  @Override
  public Integer call() throws IOException {
    Transcript kept = resume == null ? null : SessionFiles.load(resume);
    path = path == null && kept != null ? kept.source() : path;
    Diagnoser diagnoser = Diagnoser.builtIn();
    knowledge = diagnoser.knowledge();
    language =
        kept != null && !speech.stated()
            ? Language.of(kept.language())
            : speech.language(main.surroundings);
    words = new Words(knowledge, language);
    SessionStart start = new SessionStart(diagnoser, words, spec.commandLine().getErr());
    if (kept != null && path != null && !Files.exists(Path.of(path))) {
      throw new ParameterException(spec.commandLine(), words.say("ask-run-gone", path));
    }
    Ongoing ongoing;
    try {
      Companions with = companions.read(diagnoser.vocabulary());
      Session session = kept == null ? start.fresh(path, with) : start.resumed(path, kept, with);
      ongoing = new Ongoing(session, path, language);
    } catch (NothingReadable e) {
      spec.commandLine().getErr().println(Notices.line(e.getMessage()));
      return ExitCodes.NOTHING_READABLE;
    }
    if (answers != null) {
      prepared(ongoing.session());
    }
    if (save != null || resume != null) {
      ongoing.keep(save != null ? save : resume);
    }
    Stage stage =
        new Stage(
            main.surroundings,
            knowledge,
            words,
            speech.colour(main.surroundings),
            spec.commandLine().getOut());
    int code = stage.talk(ongoing, plain, start::after);
    if (export != null) {
      OutputFile.write(export, new SessionReport(knowledge).markdown(ongoing.session(), language));
    }
    return code;
  }

  private void prepared(Session session) throws IOException {
    try {
      new PreparedAnswers(answers, knowledge, words).giveTo(session);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
