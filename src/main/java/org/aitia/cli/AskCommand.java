package org.aitia.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Session;
import org.aitia.dialogue.Transcript;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.knowledge.Language;
import org.aitia.report.SessionReport;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aitia ask}. */
@Command(
    name = "ask",
    description = "Asks what the files cannot tell, the question worth most first.",
    mixinStandardHelpOptions = true)
final class AskCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description = "a run: a file, or a folder; without it the session starts from nothing")
  private String path;

  @Mixin private CompanionOptions companions;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "answers prepared: a YAML or JSON mapping of question ids to answers")
  private Path answers;

  @Option(names = "--save", paramLabel = "FILE", description = "keep the session here when it ends")
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

  @Option(
      names = "--lang",
      paramLabel = "en|zh",
      description = "language; by default that of the environment")
  private String lang;

  @Option(names = "--plain", description = "no cursor tricks")
  private boolean plain;

  @Override
  public Integer call() throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    if (resume != null) {
      Transcript kept = JSON.readValue(resume.toFile(), Transcript.class);
      path = path == null ? kept.source() : path;
      lang = lang == null ? kept.language() : lang;
      given.putAll(kept.answers());
    }
    if (answers != null) {
      given.putAll(mapping(answers));
    }
    Language language =
        Language.of(
            lang != null
                ? lang
                : System.getenv()
                    .getOrDefault("LC_ALL", System.getenv().getOrDefault("LANG", "en")));
    Run run =
        path == null
            ? new RunBuilder("").build()
            : RunFolder.read(path, Path.of(path), Progress.NONE, List.of());
    if (path != null && !RunFolder.holdsRun(run)) {
      System.err.println(
          "aitia: nothing that can be read at " + path + "; see 'aitia list formats'");
      return 3;
    }
    Diagnoser diagnoser = Diagnoser.builtIn();
    Session session = new Session(diagnoser, diagnoser.examine(run, companions.read()));
    for (Map.Entry<String, String> e : given.entrySet()) {
      session.answer(e.getKey(), e.getValue());
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Conversation conversation = new Conversation(session, diagnoser.knowledge(), language, out);
    conversation.onSave((c, file) -> write(Path.of(file), c, language));
    conversation.onExport((c, file) -> export(Path.of(file), c, language));
    if (System.console() == null) {
      // Without a terminal nobody can be asked: the prepared answers are all there is.
      conversation.run(() -> null);
    } else {
      converse(conversation, diagnoser);
    }
    if (save != null) {
      write(save, conversation, language);
    }
    if (export != null) {
      export(export, conversation, language);
    }
    return 0;
  }

  private void converse(Conversation conversation, Diagnoser diagnoser) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(plain).build()) {
      List<String> words =
          List.of(
              "why",
              "how",
              "back",
              "what-if",
              "withdraw",
              "change",
              "answers",
              "note",
              "save",
              "export",
              "quit",
              "unknown",
              "not-applicable");
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .completer(
                  new StringsCompleter(
                      java.util.stream.Stream.of(
                              words,
                              diagnoser.knowledge().causes().keySet(),
                              diagnoser.knowledge().questions().keySet())
                          .flatMap(java.util.Collection::stream)
                          .toList()))
              .build();
      conversation.run(
          () -> {
            try {
              return reader.readLine("> ");
            } catch (EndOfFileException | UserInterruptException e) {
              return null;
            }
          });
    }
  }

  private void write(Path file, Conversation conversation, Language language) {
    try {
      JSON.writeValue(
          file.toFile(),
          new Transcript(
              Transcript.SCHEMA,
              path,
              language.tag(),
              ordered(conversation.session()),
              conversation.notes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot save to " + file, e);
    }
  }

  private static Map<String, String> ordered(Session session) {
    Map<String, String> found = new LinkedHashMap<>();
    session.history().forEach(q -> found.put(q, session.answers().get(q)));
    return found;
  }

  private void export(Path file, Conversation conversation, Language language) {
    try {
      Files.writeString(
          file,
          new SessionReport(conversation.knowledge())
              .markdown(
                  conversation
                      .session()
                      .examination()
                      .write(
                          conversation.session().state().conclusions(),
                          conversation.session().answers(),
                          language),
                  conversation.session().answers(),
                  conversation.notes()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static Map<String, String> mapping(Path file) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    JsonNode tree = new YAMLMapper().readTree(file.toFile());
    if (!tree.isObject()) {
      throw new IOException(file + ": answers are a mapping of question ids to answers");
    }
    tree.fields().forEachRemaining(f -> found.put(f.getKey(), yes(f.getValue())));
    return found;
  }

  /** YAML reads an unquoted yes as true. */
  private static String yes(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() ? "yes" : "no" : value.asText();
  }
}
