package org.aitia.cli.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.cli.output.OutputFile;
import org.aitia.cli.session.Ongoing;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.Words;
import org.aitia.report.document.SessionReport;
import org.aitia.report.terminal.QuestionText;
import org.aitia.report.terminal.StandingText;

/** What a conversation does with the session as a whole: notes, files, the next run. */
final class SessionCommands {
  /** Reads the run that a user names. */
  public interface Runs {
    /** The session that goes on with the run at a path. */
    Session after(Session session, String path) throws IOException;
  }

  private final Ongoing ongoing;
  private final Knowledge knowledge;
  private final Words words;
  private final StandingText standing;
  private final QuestionText questions;
  private final Screen out;
  private final Runs runs;

  SessionCommands(
      Ongoing ongoing,
      Knowledge knowledge,
      Words words,
      StandingText standing,
      QuestionText questions,
      Screen out,
      Runs runs) {
    this.ongoing = ongoing;
    this.knowledge = knowledge;
    this.words = words;
    this.standing = standing;
    this.questions = questions;
    this.out = out;
    this.runs = runs;
  }

  Map<String, ConversationCommand> byName() {
    return Map.of(
        "note", this::note, "save", this::save, "export", this::export, "attach", this::attach);
  }

  private boolean note(String text) throws IOException {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-note-empty"));
    }
    ongoing.session().note(text);
    ongoing.changed();
    out.say(words.say("ask-noted"));
    return false;
  }

  private boolean save(String file) throws IOException {
    Path to = file.isEmpty() && ongoing.kept() != null ? ongoing.kept() : file(file, "save");
    ongoing.keep(to);
    out.say(words.say("ask-saved", to));
    return false;
  }

  private boolean export(String file) throws IOException {
    Path to = file(file, "export");
    OutputFile.write(
        to, new SessionReport(knowledge).markdown(ongoing.session(), words.language()));
    out.say(words.say("ask-saved", to));
    return false;
  }

  private boolean attach(String next) throws IOException {
    Path to = file(next, "attach");
    boolean first = ongoing.path() == null;
    ongoing.goOn(runs.after(ongoing.session(), to.toString()), to.toString());
    out.say(words.say(first ? "ask-attached-first" : "ask-attached", to));
    out.print(standing.comparison(ongoing.session().diagnosis(words.language())));
    out.print(questions.known(ongoing.session()));
    return true;
  }

  private Path file(String typed, String command) {
    if (typed.isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-name-file", command));
    }
    // As the completion and a shell's user write a name that holds blanks.
    return Path.of(typed.replaceFirst("^(['\"])(.*)\\1$", "$2"));
  }
}
