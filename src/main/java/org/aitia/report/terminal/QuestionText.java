package org.aitia.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Known;
import org.aitia.diagnosis.Questions;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Cells;
import org.aitia.report.Words;

/** The questions of a session, for the terminal. */
public final class QuestionText {
  /** Effects of an answer that are shown. */
  private static final int EFFECTS = 4;

  private static final int OPEN = 8;

  private final Knowledge knowledge;
  private final Words words;
  private final int width;
  private final boolean colour;

  /**
   * A view of one terminal.
   *
   * @param width cells of a line
   */
  public QuestionText(Knowledge knowledge, Language language, int width, boolean colour) {
    this.knowledge = knowledge;
    this.words = new Words(knowledge, language);
    this.width = width;
    this.colour = colour;
  }

  /** A question with how to find out, and what was answered to it before the last repair. */
  public String question(Question question, Session session) {
    Sheet sheet = new Sheet(width, colour);
    String step =
        question.step() + "  " + knowledge.steps().get(question.step()).name().in(words.language());
    sheet.line("").text(step, 0, Ink.DIM);
    sheet.item(sheet.ink("▸ ", Ink.CYAN, Ink.BOLD), in(question.text()), Ink.BOLD);
    String cost = words.say("ask-cost-" + question.cost().id());
    sheet.item(
        "  ",
        words.say("ask-find-out") + words.say("colon") + in(question.how()),
        List.of("[" + cost + "]"));
    if (!question.snippets().isEmpty()) {
      sheet.text(words.say("ask-has-code"), 2, Ink.DIM);
    }
    if (question.probe()) {
      sheet.text(words.say("ask-check"), 2, Ink.DIM);
    }
    session
        .answeredBefore(question.id())
        .ifPresent(a -> sheet.text(words.say("ask-before", label(question, a)), 2, Ink.DIM));
    return sheet.toString();
  }

  /**
   * The answers to choose from.
   *
   * @param selected index of the one that is selected; -1 for none
   */
  public String choices(Question question, int selected) {
    Sheet sheet = new Sheet(width, colour);
    if (question.kind() == Question.Kind.NUMBER) {
      sheet.text(number(question), 4);
    }
    List<String> keys = keys(question);
    int plain = listed(question).size();
    for (int i = 0; i < plain; i++) {
      sheet.item(
          mark(sheet, i == selected, i + 1 + ""), label(question, keys.get(i)), ink(i == selected));
      Question.Answer answer = question.answers().get(keys.get(i));
      if (answer.means() != null) {
        sheet.text(in(answer.means()), 7, Ink.DIM);
      }
    }
    StringBuilder rest = new StringBuilder();
    for (int i = plain; i < keys.size(); i++) {
      String text = label(question, keys.get(i));
      rest.append(mark(sheet, i == selected, LETTERS.get(keys.get(i))))
          .append(i == selected ? sheet.ink(text, Ink.CYAN, Ink.BOLD) : text);
    }
    return sheet.line(rest.toString()).toString();
  }

  /** What number is asked for: its unit, and what is plausible. */
  private String number(Question question) {
    String text =
        question.unit() == null
            ? words.say("ask-number")
            : words.say("ask-unit", knowledge.unit(question.unit(), words.language()));
    return question.range() == null
        ? text
        : text
            + words.say(
                "ask-range",
                Words.number(question.range().min()),
                Words.number(question.range().max()));
  }

  /** The letters of the answers that may be given to any question. */
  public static final Map<String, String> LETTERS =
      Map.of("unknown", "u", "not-applicable", "x", Question.SKIP, "s");

  /** Every answer that may be chosen, in the order in which they are shown. */
  public static List<String> keys(Question question) {
    List<String> keys = new ArrayList<>(listed(question));
    keys.addAll(List.of("unknown", "not-applicable", Question.SKIP));
    return keys;
  }

  private static List<String> listed(Question question) {
    return question.kind() == Question.Kind.NUMBER
        ? List.of()
        : List.copyOf(question.answers().keySet());
  }

  private static String mark(Sheet sheet, boolean selected, String sign) {
    return selected
        ? "  " + sheet.ink("❯ " + sign, Ink.CYAN, Ink.BOLD) + "  "
        : "    " + sign + "  ";
  }

  private static Ink[] ink(boolean selected) {
    return selected ? new Ink[] {Ink.CYAN, Ink.BOLD} : new Ink[0];
  }

  /** Why a question is asked: its reason, and what each answer would do to the causes. */
  public String why(Question question, Session session) {
    Sheet sheet = new Sheet(width, colour);
    sheet.text(in(question.why()), 2);
    Questions questions = new Questions(knowledge, session.state().conclusions());
    question
        .answers()
        .forEach(
            (key, answer) -> {
              List<String> effects =
                  questions.effects(answer).stream().limit(EFFECTS).map(this::effect).toList();
              String lead = "  " + sheet.ink(words.say("ask-if", band(question, key)), Ink.BOLD);
              sheet.line(lead);
              effects.forEach(e -> sheet.text(e, 4));
              if (effects.isEmpty()) {
                sheet.text(words.say("ask-says-nothing"), 4, Ink.DIM);
              }
            });
    return sheet.toString();
  }

  private String effect(Questions.Effect e) {
    return (e.after() > e.before() ? "▲ " : "▼ ")
        + words.cause(e.cause())
        + "  "
        + Words.percent(e.before())
        + " → "
        + Words.percent(e.after());
  }

  /** Below and above a limit, with the limit. */
  private String band(Question question, String key) {
    Question.Answer answer = question.answers().get(key);
    if (answer.limit() == null) {
      return label(question, key);
    }
    String sign = key.equals("below") ? "< " : "> ";
    return sign + Words.number(answer.limit()) + words.unit(question.unit());
  }

  /** What the files answer themselves, with what overrules it; nothing when they answer nothing. */
  public String known(Session session) {
    Sheet sheet = new Sheet(width, colour);
    if (session.known().isEmpty()) {
      return "";
    }
    sheet.line("  " + sheet.ink(words.say("ask-known"), Ink.BOLD));
    int id = session.known().keySet().stream().mapToInt(String::length).max().orElse(0);
    for (Known known : session.known().values()) {
      Question question = knowledge.questions().get(known.question());
      String answer = session.answers().get(known.question());
      boolean overruled = session.overruled().containsKey(known.question());
      List<String> remarks = new ArrayList<>();
      if (known.source() != null) {
        remarks.add(known.source().toString());
      }
      if (overruled) {
        remarks.add(words.say("ask-overruled", label(question, answer)));
      }
      sheet.item(
          "    " + Cells.pad(known.question(), id) + "  ", label(question, known.value()), remarks);
    }
    return sheet.toString();
  }

  /** The answers so far, in their order. */
  public String answers(Session session) {
    Sheet sheet = new Sheet(width, colour);
    session
        .answers()
        .forEach(
            (id, value) -> {
              Question question = knowledge.questions().get(id);
              String said = question == null ? value : label(question, value);
              String text = question == null ? id : in(question.text());
              sheet.item("  ", text, List.of(id)).text(said, 4, Ink.BOLD);
            });
    if (session.answers().isEmpty()) {
      sheet.text(words.say("ask-no-answers"), 2, Ink.DIM);
    }
    return sheet.toString();
  }

  /** What stays open: the questions still worth asking. */
  public String open(Session session) {
    Sheet sheet = new Sheet(width, colour);
    List<Question> open = session.open();
    if (open.isEmpty()) {
      return sheet.text(words.say("ask-nothing-left"), 2).toString();
    }
    sheet.line("  " + sheet.ink(words.say("ask-open", open.size()), Ink.BOLD));
    for (Question q : open.subList(0, Math.min(OPEN, open.size()))) {
      boolean later = session.answers().containsKey(q.id());
      List<String> remarks =
          new ArrayList<>(List.of(q.id(), words.say("ask-cost-" + q.cost().id())));
      if (later) {
        remarks.add(words.say("answer-skip"));
      }
      sheet.item("    ", in(q.text()), remarks);
    }
    if (open.size() > OPEN) {
      sheet.text(words.say("more-evidence", open.size() - OPEN), 4, Ink.DIM);
    }
    return sheet.toString();
  }

  /** What to run to find out, in each of some frameworks. */
  public String code(Question question, List<Framework> frameworks) {
    Sheet sheet = new Sheet(width, colour);
    for (Framework framework : frameworks) {
      sheet.line("  " + sheet.ink(framework.title(), Ink.BOLD));
      question.snippets().get(framework).lines().forEach(l -> sheet.line("    " + Cells.clean(l)));
    }
    sheet.text(words.say("ask-names"), 2, Ink.DIM);
    return sheet.toString();
  }

  private String label(Question question, String value) {
    return knowledge.answer(question, value, words.language());
  }

  private String in(org.aitia.knowledge.Text text) {
    return text.in(words.language());
  }
}
