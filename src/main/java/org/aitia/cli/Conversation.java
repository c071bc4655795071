package org.aitia.cli;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Questions;
import org.aitia.dialogue.Session;
import org.aitia.fact.Hypothesis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;

/**
 * The conversation on the terminal: prints questions, takes answers and commands, shows how the
 * ranking moves.
 */
final class Conversation {
  private static final int SHOWN = 4;
  private static final int BAR = 20;

  private final Session session;
  private final Knowledge knowledge;
  private final Language language;
  private final PrintStream out;
  private final List<String> notes = new ArrayList<>();
  private BiConsumer<Conversation, String> save = (c, file) -> {};
  private BiConsumer<Conversation, String> export = (c, file) -> {};

  Conversation(Session session, Knowledge knowledge, Language language, PrintStream out) {
    this.session = session;
    this.knowledge = knowledge;
    this.language = language;
    this.out = out;
  }

  void onSave(BiConsumer<Conversation, String> action) {
    save = action;
  }

  void onExport(BiConsumer<Conversation, String> action) {
    export = action;
  }

  Session session() {
    return session;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  List<String> notes() {
    return notes;
  }

  /**
   * Asks until the user leaves or nothing is worth asking.
   *
   * @param lines gives what the user types, null at the end of input
   */
  void run(Supplier<String> lines) {
    out.println(term("ask-welcome"));
    Session.State state = session.state();
    standing(state);
    boolean told = false;
    while (true) {
      if (state.next() == null) {
        out.println();
        out.println(term("ask-nothing-left"));
        firstAction(state);
        return;
      }
      if (state.decided() && !told) {
        told = true;
        out.println();
        out.println(term("ask-decided"));
        firstAction(state);
      }
      ask(state.next());
      Session.State after = null;
      while (after == null) {
        String line = lines.get();
        if (line == null || line.strip().equals("quit") || line.strip().equals("q")) {
          return;
        }
        try {
          after = take(line.strip(), state);
        } catch (IllegalArgumentException e) {
          out.println(e.getMessage());
        }
      }
      state = after;
      standing(state);
    }
  }

  /**
   * Takes a line: the new state after an answer; null after a command that leaves the question
   * open.
   */
  private Session.State take(String line, Session.State state) {
    String[] words = line.split("\\s+", 2);
    String rest = words.length > 1 ? words[1].strip() : "";
    Question question = state.next();
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "" -> {
        return null;
      }
      case "?", "help" -> out.println(term("ask-help").stripTrailing());
      case "why" -> why(question);
      case "how" -> how(rest, state);
      case "answers" -> answers();
      case "note" -> notes.add(rest);
      case "save" -> save.accept(this, rest);
      case "export" -> export.accept(this, rest);
      case "back" -> {
        List<String> history = session.history();
        if (history.isEmpty()) {
          throw new IllegalArgumentException(term("ask-nothing-to-take-back"));
        }
        return session.withdraw(history.get(history.size() - 1));
      }
      case "withdraw" -> {
        return session.withdraw(rest);
      }
      case "change" -> {
        String[] change = rest.split("\\s+", 2);
        Question changed = knowledge.questions().get(change[0]);
        return session.answer(
            change[0], changed == null || change.length < 2 ? rest : value(changed, change[1]));
      }
      case "what-if" -> {
        out.println(term("ask-what-if"));
        standing(session.whatIf(question.id(), value(question, rest)));
      }
      default -> {
        return session.answer(question.id(), value(question, line));
      }
    }
    return null;
  }

  /** What a typed word means for a question: a number of the list, a letter, a key, a label. */
  private String value(Question question, String typed) {
    String word = typed.strip().toLowerCase(Locale.ROOT);
    switch (word) {
      case "u", "unknown", "不知道" -> {
        return "unknown";
      }
      case "x", "not-applicable", "不适用" -> {
        return "not-applicable";
      }
      case "s", "skip", "跳过" -> {
        return "skip";
      }
      default -> {}
    }
    if (question.kind() == Question.Kind.NUMBER || question.kind() == Question.Kind.TEXT) {
      return typed;
    }
    List<String> keys = new ArrayList<>(question.answers().keySet());
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      boolean letter = question.kind() == Question.Kind.YES_NO && key.substring(0, 1).equals(word);
      if (word.equals(String.valueOf(i + 1))
          || word.equals(key)
          || letter
          || word.equals(label(question, key).toLowerCase(Locale.ROOT))) {
        return key;
      }
    }
    throw new IllegalArgumentException(MessageFormat.format(term("ask-unclear"), typed));
  }

  private String label(Question question, String key) {
    return knowledge.answer(question, key, language);
  }

  private void ask(Question question) {
    out.println();
    out.println(
        "▸ "
            + question.text().in(language)
            + "   ["
            + question.id()
            + " · "
            + term("ask-cost-" + question.cost().id())
            + "]");
    out.println("  " + term("ask-find-out") + " " + question.how().in(language));
    StringBuilder choices = new StringBuilder("  ");
    if (question.kind() == Question.Kind.NUMBER) {
      choices.append(
          question.unit() == null
              ? ""
              : MessageFormat.format(term("ask-unit"), question.unit()) + "   ");
    } else {
      int i = 1;
      for (String key : question.answers().keySet()) {
        choices.append(i++).append(") ").append(label(question, key));
        choices.append(question.kind() == Question.Kind.CHOICE ? "\n  " : "   ");
      }
    }
    choices
        .append("u) ")
        .append(term("answer-unknown"))
        .append("   x) ")
        .append(term("answer-not-applicable"));
    out.println(choices);
  }

  private void why(Question question) {
    out.println("  " + question.why().in(language));
    List<String> causes =
        new Questions(knowledge, session.state().conclusions()).separates(question);
    out.println(
        "  "
            + term("ask-separates")
            + " "
            + String.join(", ", causes.subList(0, Math.min(8, causes.size()))));
  }

  private void how(String cause, Session.State state) {
    Hypothesis found =
        state.conclusions().hypotheses().stream()
            .filter(h -> h.cause().equals(cause))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no cause named '" + cause + "'; see 'aitia list causes'"));
    double prior = knowledge.weights().priors().get(knowledge.cause(cause).prior());
    out.println(
        "  " + knowledge.cause(cause).page(language).name() + ": " + percent(found.probability()));
    out.println(
        "  "
            + MessageFormat.format(
                term("ask-prior"), String.format(Locale.ROOT, "%.1f", 100 * prior)));
    Diagnosis diagnosis =
        session.examination().write(state.conclusions(), session.answers(), language);
    diagnosis.causes().stream()
        .filter(c -> c.id().equals(cause))
        .forEach(
            c -> {
              c.supports()
                  .forEach(e -> out.printf(Locale.ROOT, "  + %.1f  %s%n", e.weight(), e.text()));
              c.opposes()
                  .forEach(e -> out.printf(Locale.ROOT, "  - %.1f  %s%n", e.weight(), e.text()));
            });
  }

  private void answers() {
    for (Map.Entry<String, String> e : session.answers().entrySet()) {
      Question q = knowledge.questions().get(e.getKey());
      out.println("  " + e.getKey() + ": " + (q == null ? e.getValue() : label(q, e.getValue())));
    }
  }

  private void standing(Session.State state) {
    List<Hypothesis> top =
        state.conclusions().hypotheses().stream()
            .filter(Hypothesis::supported)
            .limit(SHOWN)
            .toList();
    if (top.isEmpty()) {
      out.println("  " + term("ask-no-suspect"));
      return;
    }
    out.println("  " + term("ask-standing"));
    for (Hypothesis h : top) {
      Double was = state.moved().get(h.cause());
      int filled = (int) Math.round(BAR * h.probability());
      out.println(
          "    "
              + "█".repeat(filled)
              + "·".repeat(BAR - filled)
              + String.format(Locale.ROOT, "%6s  ", percent(h.probability()))
              + knowledge.cause(h.cause()).page(language).name()
              + "  "
              + h.cause()
              + (was == null
                  ? ""
                  : "  (" + MessageFormat.format(term("ask-was"), percent(was)) + ")"));
    }
  }

  private void firstAction(Session.State state) {
    Diagnosis diagnosis =
        session.examination().write(state.conclusions(), session.answers(), language);
    diagnosis.actions().stream()
        .findFirst()
        .ifPresent(a -> out.println(term("ask-first-action") + " " + a.text()));
  }

  private static String percent(double p) {
    return org.aitia.report.Words.percent(p);
  }

  private String term(String id) {
    return Objects.requireNonNull(knowledge.term(id, language));
  }
}
