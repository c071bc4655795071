package org.aitia.cli.conversation;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.aitia.cli.output.ErrorLine;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.session.Ongoing;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.terminal.QuestionText;
import org.aitia.report.terminal.StandingText;

/** The conversation: asks, takes answers and commands, shows how the ranking moves. */
final class Conversation {
  private static final List<String> LEAVING = List.of("quit", "q", "exit");

  /** Asks on, though no answer could change what to do first. */
  private static final String NEXT = "next";

  private final Ongoing ongoing;
  private final Words words;
  private final Lookups lookups;
  private final QuestionText questions;
  private final Screen screen;
  private final Announcer announcer;
  private final AnswerCommands answers;
  private final Map<String, ConversationCommand> commands = new HashMap<>();
  private boolean warned;

  Conversation(
      Ongoing ongoing,
      Knowledge knowledge,
      Language language,
      int width,
      boolean colour,
      PrintWriter out,
      SessionCommands.Runs runs) {
    this.ongoing = ongoing;
    this.words = new Words(knowledge, language);
    this.lookups = new Lookups(knowledge, language, width, colour);
    StandingText standing = new StandingText(knowledge, language, width, colour);
    this.questions = new QuestionText(knowledge, language, width, colour);
    this.screen = new Screen(out, width);
    this.announcer = new Announcer(ongoing, words, standing, questions, screen);
    this.answers =
        new AnswerCommands(ongoing, knowledge, words, lookups, standing, screen, this::commands);
    commands.putAll(answers.byName());
    commands.putAll(
        new SessionCommands(ongoing, knowledge, words, standing, questions, screen, runs).byName());
  }

  /** Names of every command there is. */
  List<String> commands() {
    TreeSet<String> all = new TreeSet<>(commands.keySet());
    all.addAll(lookups.names());
    all.add("quit");
    all.add(NEXT);
    all.remove("?");
    return List.copyOf(all);
  }

  /** Says how things stand, without asking: where there is nobody to ask. */
  void tell() {
    announcer.tell();
  }

  /**
   * Asks until the user leaves.
   *
   * @return the exit code
   */
  int run(Keyboard keyboard) {
    announcer.begin();
    boolean ask = true;
    while (true) {
      Question question = ongoing.asked();
      if (ask) {
        announcer.ask();
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
    }
  }

  private Keyboard.Menu menu(Question question) {
    return new Keyboard.Menu(i -> questions.choices(question, i), QuestionText.keys(question));
  }

  private static boolean isLeaving(String line) {
    return LEAVING.contains(line.toLowerCase(Locale.ROOT));
  }

  private boolean leaves(String line) {
    if (!isLeaving(line)) {
      return false;
    }
    if (!ongoing.unsaved() || warned) {
      return true;
    }
    warned = true;
    screen.say(
        words.say(
            "ask-quit-again",
            ongoing.session().answers().size() + ongoing.session().notes().size()));
    return false;
  }

  private void bye() {
    if (ongoing.kept() != null) {
      screen.say(words.say("ask-bye", ongoing.kept()));
    }
  }

  /** Takes a line; whether the question is to be asked anew. */
  private boolean take(String line) {
    if (line.isEmpty() || isLeaving(line)) {
      return false;
    }
    warned = false;
    String[] parts = line.split("\\s+", 2);
    String command = parts[0].toLowerCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    if (command.equals(NEXT) && rest.isEmpty()) {
      ongoing.askOn();
      return true;
    }
    try {
      if (lookups.has(command)) {
        screen.print(lookups.at(command, ongoing.session(), ongoing.asked(), rest));
        return false;
      }
      ConversationCommand change = commands.get(command);
      boolean changed = change == null ? answers.answer(line) : change.run(rest);
      if (changed) {
        announcer.changed();
        ongoing.changed();
      }
      return changed;
    } catch (IllegalArgumentException e) {
      screen.say(e.getMessage());
    } catch (IOException e) {
      screen.say(ErrorLine.of(e));
    }
    return false;
  }
}
