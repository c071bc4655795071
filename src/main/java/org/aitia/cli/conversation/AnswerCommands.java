package org.aitia.cli.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aitia.cli.session.Ongoing;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.terminal.StandingText;

/** What a conversation does with answers: takes, doubts, tries, changes, withdraws them. */
final class AnswerCommands {
  private final Ongoing ongoing;
  private final Knowledge knowledge;
  private final Words words;
  private final Replies replies;
  private final Lookups lookups;
  private final StandingText standing;
  private final Screen out;

  /** Names of all commands: for what may have been meant. */
  private final Supplier<List<String>> commands;

  /** The implausible answer entered last, with its question: entered again, it is meant. */
  private String doubted = "";

  AnswerCommands(
      Ongoing ongoing,
      Knowledge knowledge,
      Words words,
      Lookups lookups,
      StandingText standing,
      Screen out,
      Supplier<List<String>> commands) {
    this.ongoing = ongoing;
    this.knowledge = knowledge;
    this.words = words;
    this.replies = new Replies(knowledge, words.language());
    this.lookups = lookups;
    this.standing = standing;
    this.out = out;
    this.commands = commands;
  }

  Map<String, ConversationCommand> byName() {
    return Map.of(
        "back", rest -> back(),
        "withdraw", this::withdraw,
        "change", this::change,
        "overrule", this::overrule,
        "what-if", this::whatIf);
  }

  /** Takes a line that is no command: an answer to the question that is asked. */
  boolean answer(String line) {
    Question question = ongoing.asked();
    if (question == null) {
      throw unclear(line, commands.get());
    }
    return put(question, line);
  }

  private boolean put(Question question, String typed) {
    String value = value(question, typed);
    Session session = ongoing.session();
    try {
      if (doubted.equals(question.id() + " " + value)) {
        session.insist(question.id(), value);
      } else {
        session.answer(question.id(), value);
      }
    } catch (Implausible e) {
      doubted = question.id() + " " + value;
      out.say(doubt("ask-implausible", value, question));
      return false;
    }
    doubted = "";
    if (question.kind() == Question.Kind.TEXT && !Question.SAYS_NOTHING.contains(value)) {
      session.note(value);
    }
    return true;
  }

  private String doubt(String term, String value, Question question) {
    Question.Range range = question.range();
    return words.say(term, value, Words.number(range.min()), Words.number(range.max()));
  }

  private String value(Question question, String typed) {
    List<String> known = new ArrayList<>(replies.words(question));
    known.addAll(commands.get());
    return replies.answer(question, typed).orElseThrow(() -> unclear(typed, known));
  }

  private IllegalArgumentException unclear(String typed, List<String> known) {
    String word = typed.split("\\s+", 2)[0];
    return new IllegalArgumentException(
        words.say("ask-unclear", typed, word.length() > 2 ? lookups.near(word, known) : ""));
  }

  private boolean back() {
    List<String> history = ongoing.session().history();
    if (history.isEmpty()) {
      throw new IllegalArgumentException(words.say("ask-nothing-to-take-back"));
    }
    ongoing.session().withdraw(history.get(history.size() - 1));
    return true;
  }

  private boolean withdraw(String id) {
    if (!ongoing.session().answers().containsKey(id)) {
      throw new IllegalArgumentException(
          words.say("ask-not-answered", id) + lookups.near(id, ongoing.session().history()));
    }
    ongoing.session().withdraw(id);
    return true;
  }

  private boolean change(String rest) {
    String[] parts = rest.split("\\s+", 2);
    return put(lookups.question(parts[0]), parts.length > 1 ? parts[1] : "");
  }

  private boolean overrule(String rest) {
    String id = rest.split("\\s+", 2)[0];
    List<String> known = List.copyOf(ongoing.session().known().keySet());
    if (!known.contains(id)) {
      throw new IllegalArgumentException(words.say("ask-not-known", id) + lookups.near(id, known));
    }
    return change(rest);
  }

  /** Tries an answer to the question that is asked, or, behind its id, to another one. */
  private boolean whatIf(String rest) {
    Question asked = ongoing.asked();
    Optional<String> here = asked == null ? Optional.empty() : replies.answer(asked, rest);
    String[] parts = rest.split("\\s+", 2);
    boolean other = parts.length > 1 && knowledge.questions().containsKey(parts[0]);
    Question question = other || here.isEmpty() ? lookups.question(parts[0]) : asked;
    String value = other ? value(question, parts[1]) : here.orElseGet(() -> value(question, ""));
    try {
      Session.State tried = ongoing.session().whatIf(question.id(), value);
      out.say(words.say("ask-what-if"));
      out.print(standing.ranking(tried, Announcer.RANKED));
    } catch (Implausible e) {
      out.say(doubt("ask-implausible-tried", value, question));
    }
    return false;
  }
}
