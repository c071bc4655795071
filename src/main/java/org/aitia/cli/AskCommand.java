package org.aitia.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Known;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.dialogue.Transcript;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.knowledge.Language;
import org.aitia.report.SessionReport;
import org.aitia.report.Words;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
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
  /** Ends a number in a file of answers that is meant though it is implausible. */
  private static final String INSIST = "!";

  private static final String STANDARD_INPUT = "-";

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

  private Diagnoser diagnoser;
  private Language language;
  private Words words;

  @Override
  public Integer call() throws IOException {
    Transcript kept = resume == null ? null : SessionFiles.load(resume);
    path = path == null && kept != null ? kept.source() : path;
    diagnoser = Diagnoser.builtIn();
    language =
        kept != null && !speech.stated()
            ? Language.of(kept.language())
            : speech.language(main.surroundings);
    words = new Words(diagnoser.knowledge(), language);
    if (kept != null && path != null && !Files.exists(Path.of(path))) {
      throw new ParameterException(spec.commandLine(), words.say("ask-run-gone", path));
    }
    Run run = path == null ? new RunBuilder("").build() : read(path);
    if (run == null) {
      return ExitCodes.NOTHING_READABLE;
    }
    Diagnoser.Examination examination = diagnoser.examine(run, heldAgainst(kept));
    Session session =
        kept == null
            ? new Session(diagnoser, examination)
            : Session.resume(diagnoser, examination, kept);
    if (kept != null) {
      resumed(session, kept);
    }
    if (answers != null) {
      answer(session);
    }
    return talk(session);
  }

  /** Where the session went on after a repair, the run before it as well, if it is still there. */
  private Companions heldAgainst(Transcript kept) throws IOException {
    Companions stated = companions.read();
    if (stated.previous() != null || kept == null || kept.earlier().isEmpty()) {
      return stated;
    }
    String before = kept.earlier().get(kept.earlier().size() - 1).source();
    return new Companions(stated.reference(), before.isEmpty() ? null : read(before));
  }

  private Run read(String at) throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Notices notices = new Notices(words, false);
    Path place = Path.of(at);
    Run run = Files.exists(place) ? RunFolder.read(at, place, Progress.NONE, List.of()) : null;
    if (run == null || !RunFolder.holdsRun(run)) {
      err.println(Notices.line(notices.nothingAt(at, place, run)));
      err.flush();
      return null;
    }
    notices.of(run).forEach(n -> err.println(Notices.line(n)));
    err.flush();
    return run;
  }

  /** A run that changed in the meantime gives other conclusions: that is told, not hidden. */
  private void resumed(Session session, Transcript kept) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Notices.line(words.say("ask-resumed", session.answers().size())));
    if (kept.evidence() != null && !kept.evidence().equals(session.examination().fingerprint())) {
      err.println(Notices.line(words.say("ask-run-changed", path)));
      kept.found()
          .forEach(
              (id, was) -> {
                Known is = session.known().get(id);
                String value = is == null ? words.say("ask-none") : is.value();
                if (!value.equals(was.value())) {
                  err.println(Notices.line(words.say("ask-found-changed", id, was.value(), value)));
                }
              });
    }
    err.flush();
  }

  private void answer(Session session) throws IOException {
    boolean standard = answers.toString().equals(STANDARD_INPUT);
    try (InputStream in = standard ? System.in : Files.newInputStream(answers)) {
      Map<String, String> given = new LinkedHashMap<>(SessionFiles.answers(answers + "", in));
      given.forEach((id, value) -> answer(session, id, value));
    }
  }

  private void answer(Session session, String id, String value) {
    try {
      if (value.endsWith(INSIST)) {
        session.insist(id, value.substring(0, value.length() - INSIST.length()));
      } else {
        session.answer(id, value);
      }
    } catch (Implausible e) {
      throw new ParameterException(
          spec.commandLine(),
          answers
              + ": "
              + words.say(
                  "ask-implausible-file",
                  id,
                  value,
                  Words.number(e.question().range().min()),
                  Words.number(e.question().range().max())));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          answers
              + ": "
              + e.getMessage()
              + Nearest.suggestion(id, List.copyOf(diagnoser.knowledge().questions().keySet())));
    }
  }

  private int talk(Session session) throws IOException {
    boolean asks = main.surroundings.in() && main.surroundings.out();
    if (!asks) {
      Conversation conversation = conversation(session, spec.commandLine().getOut());
      conversation.tell();
      return end(conversation, ExitCodes.DONE);
    }
    if (plain) {
      return plainly(session);
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      // Closing the terminal closes standard output, so it stays open for lines as well.
      if (movesCursor(terminal)) {
        return menu(session, terminal);
      }
      terminal.handle(Terminal.Signal.INT, signal -> System.exit(ExitCodes.INTERRUPTED));
      return plainly(session);
    }
  }

  private int plainly(Session session) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Conversation conversation = conversation(session, out);
    out.println(words.say("ask-welcome-plain"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int code = end(conversation, conversation.run(new PlainKeyboard(in, out)));
    out.flush();
    return code;
  }

  /** A terminal that does not know its size, such as a serial line, cannot be drawn on either. */
  private static boolean movesCursor(Terminal terminal) {
    return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
        && terminal.getWidth() > 0
        && terminal.getHeight() > 0;
  }

  private int menu(Session session, Terminal terminal) throws IOException {
    PrintWriter out = terminal.writer();
    Conversation conversation = conversation(session, out);
    out.println(words.say("ask-welcome"));
    Completion completion =
        new Completion(diagnoser.knowledge(), conversation::session, conversation::commands);
    int code = conversation.run(new MenuKeyboard(terminal, completion));
    return end(conversation, code);
  }

  private Conversation conversation(Session session, PrintWriter out) throws IOException {
    Conversation conversation =
        new Conversation(
            session,
            path,
            diagnoser.knowledge(),
            language,
            main.surroundings.columns(),
            speech.colour(main.surroundings),
            out,
            this::after);
    if (save != null || resume != null) {
      conversation.keep(save != null ? save : resume);
    }
    return conversation;
  }

  private Session after(Session session, String next) throws IOException {
    Run run = read(next);
    if (run == null) {
      throw new IOException(next);
    }
    Diagnoser.Examination before = session.examination();
    Run previous = path == null ? null : before.run();
    Companions with = new Companions(before.companions().reference(), previous);
    return session.after(diagnoser.examine(run, with));
  }

  private int end(Conversation conversation, int code) throws IOException {
    if (export != null) {
      Files.writeString(
          export,
          new SessionReport(diagnoser.knowledge()).markdown(conversation.session(), language));
    }
    return code;
  }
}
