package org.aitia.dialogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.diagnosis.Questions;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * Chooses what to ask next: the question worth most, staying on a topic while it pays; what was put
 * off when nothing else is left. Without any file what the user simply knows comes first.
 */
final class NextQuestion {
  /** Questions of this step that take seconds are on how things stand. */
  private static final String SITUATION = "prepare.design";

  private final Knowledge knowledge;

  NextQuestion(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** Whether the user simply knows the answer. */
  static boolean isFact(Question question) {
    return SITUATION.equals(question.step())
        && question.cost() == Cost.SECONDS
        && question.kind() != Question.Kind.TEXT;
  }

  /** Whether the answer holds of the task, whichever run of it is looked at. */
  static boolean holdsOfTheTask(Question question) {
    return isFact(question) && question.needsNot().isEmpty();
  }

  /**
   * The questions still worth asking: where there is no file facts in their order, then the one
   * worth most first, then those that were put off.
   *
   * @param given the answers so far
   * @param settled what was answered or the files answer, by question
   * @param evidence kinds of evidence that the run holds
   */
  List<Question> open(
      Conclusions conclusions,
      Map<String, String> given,
      Map<String, String> settled,
      Set<String> evidence) {
    Questions questions = new Questions(knowledge, conclusions, settled);
    List<Question> open =
        new ArrayList<>(
            knowledge.questions().values().stream()
                .filter(q -> evidence.isEmpty() && isFact(q))
                .filter(q -> !settled.containsKey(q.id()))
                .filter(q -> q.needsNot().stream().noneMatch(evidence::contains))
                .toList());
    Set<String> done = new HashSet<>(settled.keySet());
    open.forEach(q -> done.add(q.id()));
    open.addAll(questions.ranked(done, evidence));
    given.forEach(
        (id, answer) -> {
          Question question = knowledge.questions().get(id);
          if (question != null && answer.equals(Question.SKIP)) {
            open.add(question);
          }
        });
    return open;
  }

  /**
   * The next question; none when no question is worth asking any more.
   *
   * @param open the questions still worth asking, in order
   */
  Optional<Question> choose(
      Conclusions conclusions, Map<String, String> given, List<Question> open) {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Question first = open.get(0);
    if (isFact(first) || given.containsKey(first.id())) {
      return Optional.of(first);
    }
    Questions questions = new Questions(knowledge, conclusions);
    double stay = knowledge.weights().limit("stay-on-topic");
    double best = questions.worth(first);
    String topic = topic(given);
    return open.stream()
        .filter(q -> q.topic().equals(topic) && !given.containsKey(q.id()))
        .filter(q -> questions.worth(q) * stay >= best)
        .findFirst()
        .or(() -> Optional.of(first));
  }

  /** Topic of the last answer; null at the start. */
  private String topic(Map<String, String> given) {
    String topic = null;
    for (String id : given.keySet()) {
      Question question = knowledge.questions().get(id);
      topic = question == null ? topic : question.topic();
    }
    return topic;
  }

  /**
   * Whether any open question could still change what to do first: put another cause on top, or
   * take the first below the probability that is worth acting on. What is certain enough to be
   * repaired without an experiment needs no question either.
   */
  boolean couldChange(Conclusions conclusions, List<Question> open) {
    Questions questions = new Questions(knowledge, conclusions);
    Map<String, Double> logits = new HashMap<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      logits.put(h.cause(), h.logit());
    }
    Hypothesis lead = conclusions.hypotheses().get(0);
    String first = lead.cause();
    if (lead.probability() >= knowledge.weights().limit("sure") && !conclusions.toConfirm(first)) {
      return false;
    }
    double plausible = knowledge.weights().limit("plausible");
    double floor = Math.log(plausible / (1 - plausible));
    for (Question q : open) {
      for (Question.Answer answer : q.answers().values()) {
        Map<String, Double> moved = new HashMap<>();
        questions.shifts(answer, (cause, w) -> moved.merge(cause, w, Double::sum));
        double top = logits.get(first) + moved.getOrDefault(first, 0.0);
        boolean overtaken =
            logits.entrySet().stream()
                .anyMatch(
                    e ->
                        !e.getKey().equals(first)
                            && e.getValue() + moved.getOrDefault(e.getKey(), 0.0)
                                > Math.max(top, floor));
        if (overtaken || top < floor && logits.get(first) >= floor) {
          return true;
        }
      }
    }
    return false;
  }
}
