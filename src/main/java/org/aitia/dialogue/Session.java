package org.aitia.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.Diagnoser;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Hypothesis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;

/**
 * A conversation about one run. Each state is drawn anew from the evidence and the answers that
 * stand, so a withdrawn answer leaves no trace and the same answers always give the same diagnosis.
 * Not thread-safe.
 */
public final class Session {
  /** Answers that say nothing, to any question. */
  public static final Set<String> NOTHING = Set.of("unknown", "not-applicable", "skip");

  /**
   * How things stand.
   *
   * @param next the question to ask; null when none is worth it
   * @param decided whether no open question could change the first action any more
   * @param moved causes whose probability the last answer moved, with its value before
   */
  public record State(
      Conclusions conclusions, Question next, boolean decided, Map<String, Double> moved) {}

  private final Diagnoser.Examination examination;
  private final Knowledge knowledge;
  private final NextQuestion chooser;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private Map<String, Double> before = Map.of();
  private String topic;

  public Session(Diagnoser diagnoser, Diagnoser.Examination examination) {
    this.examination = examination;
    this.knowledge = diagnoser.knowledge();
    this.chooser = new NextQuestion(knowledge);
    this.answers.putAll(examination.run().report().answers());
  }

  /** The answers that stand, in the order in which they were given. */
  public Map<String, String> answers() {
    return Map.copyOf(answers);
  }

  /** Ids of the answered questions, in the order in which they were answered. */
  public List<String> history() {
    return new ArrayList<>(answers.keySet());
  }

  public Diagnoser.Examination examination() {
    return examination;
  }

  /** How things stand now. */
  public State state() {
    return state(answers, topic, before);
  }

  /**
   * Answers a question, or changes an earlier answer.
   *
   * @throws IllegalArgumentException when there is no such question or the value is no answer to it
   */
  public State answer(String question, String value) {
    Question asked = question(question);
    String taken = accept(asked, value);
    before = probabilities(examination.conclude(answers));
    answers.put(question, taken);
    topic = asked.topic();
    return state();
  }

  /** Withdraws an answer, and with it all that followed from it. */
  public State withdraw(String question) {
    if (!answers.containsKey(question)) {
      throw new IllegalArgumentException("'" + question + "' was not answered");
    }
    before = probabilities(examination.conclude(answers));
    answers.remove(question);
    return state();
  }

  /** How things would stand after an answer, without giving it. */
  public State whatIf(String question, String value) {
    Question asked = question(question);
    Map<String, String> tried = new LinkedHashMap<>(answers);
    tried.put(question, accept(asked, value));
    return state(tried, asked.topic(), probabilities(examination.conclude(answers)));
  }

  private State state(Map<String, String> given, String last, Map<String, Double> earlier) {
    Conclusions conclusions = examination.conclude(given);
    Optional<Question> next = chooser.choose(conclusions, given, examination.evidence(), last);
    boolean decided =
        next.isEmpty() || !chooser.couldChange(conclusions, given, examination.evidence());
    Map<String, Double> moved = new LinkedHashMap<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      Double was = earlier.get(h.cause());
      if (was != null
          && Math.abs(was - h.probability()) >= knowledge.weights().limit("worth-telling")) {
        moved.put(h.cause(), was);
      }
    }
    return new State(conclusions, next.orElse(null), decided, moved);
  }

  private static Map<String, Double> probabilities(Conclusions conclusions) {
    Map<String, Double> found = new LinkedHashMap<>();
    conclusions.hypotheses().forEach(h -> found.put(h.cause(), h.probability()));
    return found;
  }

  private Question question(String id) {
    Question found = knowledge.questions().get(id);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no question '" + id + "'; see 'aitia list questions'");
    }
    return found;
  }

  /** The value as it is kept. */
  private static String accept(Question question, String value) {
    String given = value == null ? "" : value.strip();
    if (NOTHING.contains(given)) {
      return given;
    }
    switch (question.kind()) {
      case NUMBER -> {
        try {
          if (Double.isFinite(Double.parseDouble(given))) {
            return given;
          }
        } catch (NumberFormatException e) {
          // told below
        }
        throw new IllegalArgumentException(
            "'" + given + "' is no number; " + question.id() + " takes one, or 'unknown'");
      }
      case TEXT -> {
        return given;
      }
      default -> {
        if (question.answers().containsKey(given)) {
          return given;
        }
        throw new IllegalArgumentException(
            "'"
                + given
                + "' is no answer to "
                + question.id()
                + "; take one of "
                + String.join(", ", question.answers().keySet())
                + ", unknown, not-applicable");
      }
    }
  }
}
