package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.QuestionText;
import org.aitia.report.SessionReport;
import org.aitia.report.StandingText;
import org.aitia.report.Words;

/** The conversation: asks, takes answers and commands, shows how the ranking moves. */
final class Conversation {
  /** Reads the run that a user names. */
  interface Runs {
    /** The session that goes on with the run at a path. */
    Session after(Session session, String path) throws IOException;
  }

  /** A command that changes something: whether the question is to be asked anew. */
  private interface Change {
    boolean make(String rest) throws IOException;
  }

  private static final int RANKED = 5;

  private final Knowledge knowledge;
  private final Language language;
  private final Words words;
  private final Replies replies;
  private final Lookups lookups;
  private final StandingText standing;
  private final QuestionText questions;
  private final PrintWriter out;
  private final Runs runs;
  private final Map<String, Change> changes;
  private Session session;
  private String path;

  /** Where the session is kept after every change; null for nowhere. */
  private Path kept;

  private boolean unsaved;
  private boolean warned;
  private boolean decided;
  private boolean ended;
  private String doubtful = "";

  Conversation(
      Session session,
      String path,
      Knowledge knowledge,
      Language language,
      int width,
      boolean colour,
      PrintWriter out,
      Runs runs) {
    this.session = session;
    this.path = path;
    this.knowledge = knowledge;
    this.language = language;
    this.words = new Words(knowledge, language);
    this.replies = new Replies(knowledge, language);
    this.lookups = new Lookups(knowledge, language, width, colour);
    this.standing = new StandingText(knowledge, language, width, colour);
    this.questions = new QuestionText(knowledge, language, width, colour);
    this.out = out;
    this.runs = runs;
    this.changes =
        Map.of(
            "back", rest -> back(),
            "withdraw", this::withdraw,
            "change", this::change,
            "overrule", this::overrule,
            "what-if", this::whatIf,
            "note", this::note,
            "save", this::save,
            "export", this::export,
            "attach", this::attach);
  }

  /** Keeps the session in a file after every change. */
  void keep(Path file) throws IOException {
    kept = file;
    SessionFiles.save(file, session.transcript(path, language));
  }

  Session session() {
    return session;
  }

  /** The question that is asked now; null when none is. */
  Question asked() {
    return session.state().next();
  }

  /** Every command there is. */
  List<String> commands() {
    TreeSet<String> all = new TreeSet<>(changes.keySet());
    all.addAll(
        List.of(
            "why",
            "how",
            "rank",
            "open",
            "answers",
            "known",
            "show",
            "report",
            "checklist",
            "help",
            "quit"));
    return List.copyOf(all);
  }

  /** Says how things stand, without asking: where there is nobody to ask. */
  void tell() {
    out.print(questions.known(session));
    out.print(standing.comparison(session.diagnosis(language)));
    out.print(standing.ranking(session.state(), RANKED));
    out.print(standing.firstAction(session.diagnosis(language)));
    Question next = asked();
    if (next == null) {
      out.println("\n" + words.say("ask-nothing-left"));
      return;
    }
    out.println("\n" + words.say("ask-no-terminal"));
    out.print(questions.question(next, session));
    String answers = String.join(" | ", next.answers().keySet());
    out.println("  " + next.id() + ": " + (next.kind() == Question.Kind.NUMBER ? "" : answers));
  }

  /**
   * Asks until the user leaves.
   *
   * @return the exit code
   */
  int run(Keyboard keyboard) {
    out.print(questions.known(session));
    out.print(standing.comparison(session.diagnosis(language)));
    out.print(standing.ranking(session.state(), RANKED));
    boolean ask = true;
    while (true) {
      Question question = asked();
      if (ask) {
        pause(session.state());
        if (question != null) {
          out.print(questions.question(question, session));
        }
        out.flush();
      }
      String line;
      try {
        line = keyboard.line(question == null ? Keyboard.Menu.NONE : menu(question));
      } catch (Keyboard.Interrupted e) {
        return ExitCodes.INTERRUPTED;
      }
      if (line == null || leaves(line.strip())) {
        bye();
        return ExitCodes.DONE;
      }
      ask = take(line.strip());
      out.flush();
    }
  }

  private Keyboard.Menu menu(Question question) {
    return new Keyboard.Menu(i -> questions.choices(question, i), QuestionText.keys(question));
  }

  /** Says once when no question could change the first action, and when none is left. */
  private void pause(Session.State state) {
    boolean over = state.next() == null;
    if (over ? ended : decided || !state.decided()) {
      return;
    }
    ended = over;
    decided = true;
    out.println("\n  " + words.say(over ? "ask-nothing-left" : "ask-decided"));
    out.print(standing.firstAction(session.diagnosis(language)));
    if (over) {
      out.println("  " + words.say("ask-after-end"));
    }
  }

  private boolean leaves(String line) {
    if (!List.of("quit", "q", "exit").contains(line.toLowerCase(Locale.ROOT))) {
      return false;
    }
    if (!unsaved || warned) {
      return true;
    }
    warned = true;
    out.println("  " + words.say("ask-quit-again", session.answers().size()));
    return false;
  }

  private void bye() {
    if (kept != null) {
      out.println(words.say("ask-bye", kept));
    }
    out.flush();
  }

  /** Takes a line; whether the question is to be asked anew. */
  private boolean take(String line) {
    if (line.isEmpty() || line.matches("(?i)quit|q|exit")) {
      return false;
    }
    warned = false;
    String[] parts = line.split("\\s+", 2);
    String command = parts[0].toLowerCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    try {
      if (lookups.has(command)) {
        out.print(lookups.at(command, session, asked(), rest));
        return false;
      }
      Change change = changes.get(command);
      return change == null ? answer(line) : change.make(rest);
    } catch (Implausible e) {
      doubtful = line;
      Question.Range range = e.question().range();
      String[] said = line.split("\\s+");
      out.println(
          "  "
              + words.say(
                  "ask-implausible",
                  said[said.length - 1],
                  Words.number(range.min()),
                  Words.number(range.max())));
    } catch (IllegalArgumentException e) {
      out.println("  " + e.getMessage());
    } catch (IOException e) {
      out.println("  " + Main.describe(e));
    }
    return false;
  }

  private boolean answer(String line) throws IOException {
    Question question = asked();
    if (question == null) {
      throw unclear(line, commands());
    }
    return put(question, line, line);
  }

  /** Answers a question; a number that was doubted is taken when the line is entered again. */
  private boolean put(Question question, String typed, String line) throws IOException {
    String value = value(question, typed);
    if (line.equals(doubtful)) {
      session.insist(question.id(), value);
    } else {
      session.answer(question.id(), value);
    }
    if (question.kind() == Question.Kind.TEXT && !Question.SAYS_NOTHING.contains(value)) {
      session.note(value);
    }
    return changed();
  }

  private String value(Question question, String typed) {
    List<String> known = new java.util.ArrayList<>(replies.words(question));
    known.addAll(commands());
    return replies.answer(question, typed).orElseThrow(() -> unclear(typed, known));
  }

  private IllegalArgumentException unclear(String typed, List<String> known) {
    String word = typed.split("\\s+", 2)[0];
    return new IllegalArgumentException(
        words.say("ask-unclear", typed, word.length() > 2 ? lookups.near(word, known) : ""));
  }

  /** After every change: shows the ranking, keeps the session. */
  private boolean changed() throws IOException {
    doubtful = "";
    Session.State state = session.state();
    out.print(standing.ranking(state, RANKED));
    if (state.moved().isEmpty() && !StandingText.ranked(state).isEmpty()) {
      out.println("  " + words.say("ask-unmoved"));
    }
    decided &= state.decided();
    ended &= state.next() == null;
    unsaved = kept == null;
    if (kept != null) {
      SessionFiles.save(kept, session.transcript(path, language));
    }
    return true;
  }

  private boolean back() throws IOException {
    List<String> history = session.history();
    if (history.isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-nothing-to-take-back"));
    }
    session.withdraw(history.get(history.size() - 1));
    return changed();
  }

  private boolean withdraw(String id) throws IOException {
    if (!session.answers().containsKey(id)) {
      throw new IllegalArgumentException(
          words.say("ask-not-answered", id) + lookups.near(id, session.history()));
    }
    session.withdraw(id);
    return changed();
  }

  private boolean change(String rest) throws IOException {
    String[] parts = rest.split("\\s+", 2);
    Question question = lookups.question(parts[0]);
    return put(question, parts.length > 1 ? parts[1] : "", "change " + rest);
  }

  private boolean overrule(String rest) throws IOException {
    String id = rest.split("\\s+", 2)[0];
    if (!session.known().containsKey(id)) {
      throw new IllegalArgumentException(
          words.say("ask-not-known", id) + lookups.near(id, List.copyOf(session.known().keySet())));
    }
    String[] parts = rest.split("\\s+", 2);
    return put(lookups.question(id), parts.length > 1 ? parts[1] : "", "overrule " + rest);
  }

  private boolean whatIf(String rest) {
    Optional<String> here = asked() == null ? Optional.empty() : replies.answer(asked(), rest);
    String[] parts = rest.split("\\s+", 2);
    boolean other = parts.length > 1 && knowledge.questions().containsKey(parts[0]);
    Question question = other || here.isEmpty() ? lookups.question(parts[0]) : asked();
    String value = other ? value(question, parts[1]) : here.orElseGet(() -> value(question, ""));
    out.println("  " + words.say("ask-what-if"));
    out.print(standing.ranking(session.whatIf(question.id(), value), RANKED));
    return false;
  }

  private boolean note(String text) throws IOException {
    session.note(text);
    out.println("  " + words.say("ask-noted"));
    if (kept != null) {
      SessionFiles.save(kept, session.transcript(path, language));
    }
    return false;
  }

  private boolean save(String file) throws IOException {
    Path to = file(file, "save", kept);
    SessionFiles.save(to, session.transcript(path, language));
    kept = to;
    unsaved = false;
    out.println("  " + words.say("ask-saved", to));
    return false;
  }

  private boolean export(String file) throws IOException {
    Path to = file(file, "export", null);
    Files.writeString(to, new SessionReport(knowledge).markdown(session, language));
    out.println("  " + words.say("ask-saved", to));
    return false;
  }

  private Path file(String typed, String command, Path otherwise) {
    if (typed.isEmpty() && otherwise == null) {
      throw new IllegalArgumentException(words.say("ask-name-file", command));
    }
    return typed.isEmpty() ? otherwise : Path.of(typed);
  }

  private boolean attach(String next) throws IOException {
    if (next.isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-name-file", "attach"));
    }
    session = runs.after(session, next);
    path = next;
    out.println("  " + words.say("ask-attached", next));
    out.print(standing.comparison(session.diagnosis(language)));
    out.print(questions.known(session));
    return changed();
  }
}
