package org.aitia.dialogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.diagnosis.Questions;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Hypothesis;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;

/**
 * Chooses what to ask next: first what the user simply knows, then the question worth most, staying
 * on a topic while it pays.
 */
public final class NextQuestion {
  /** Questions of this step that take seconds are on how things stand. */
  private static final String SITUATION = "prepare.design";

  private final Knowledge knowledge;

  public NextQuestion(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * The next question; none when no question is worth asking any more.
   *
   * @param given the answers so far, by question
   * @param topic topic of the last question; null at the start
   */
  public Optional<Question> choose(
      Conclusions conclusions, Map<String, String> given, Set<String> evidence, String topic) {
    Questions questions = new Questions(knowledge, conclusions, given);
    Optional<Question> fact =
        knowledge.questions().values().stream()
            .filter(q -> SITUATION.equals(q.step()) && q.cost() == Cost.SECONDS)
            .filter(q -> !given.containsKey(q.id()) && q.kind() != Question.Kind.TEXT)
            .filter(q -> q.needsNot().stream().noneMatch(evidence::contains))
            .findFirst();
    if (fact.isPresent()) {
      return fact;
    }
    List<Question> ranked = questions.ranked(given.keySet(), evidence);
    if (ranked.isEmpty()) {
      return Optional.empty();
    }
    double stay = knowledge.weights().limit("stay-on-topic");
    double best = questions.worth(ranked.get(0));
    return ranked.stream()
        .filter(q -> q.topic().equals(topic) && questions.worth(q) * stay >= best)
        .findFirst()
        .or(() -> Optional.of(ranked.get(0)));
  }

  /**
   * Whether any open question could still change what to do first: put another cause on top, or
   * take the first below the probability that is worth acting on.
   */
  public boolean couldChange(
      Conclusions conclusions, Map<String, String> given, Set<String> evidence) {
    Questions questions = new Questions(knowledge, conclusions, given);
    Map<String, Double> logits = new HashMap<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      logits.put(h.cause(), h.logit());
    }
    String first = conclusions.hypotheses().get(0).cause();
    double plausible = knowledge.weights().limit("plausible");
    double floor = Math.log(plausible / (1 - plausible));
    for (Question q : questions.ranked(given.keySet(), evidence)) {
      for (Question.Answer answer : q.answers().values()) {
        Map<String, Double> moved = new HashMap<>(logits);
        questions.shifts(answer, (cause, w) -> moved.merge(cause, w, Double::sum));
        double top = moved.get(first);
        boolean overtaken =
            moved.entrySet().stream()
                .anyMatch(e -> !e.getKey().equals(first) && e.getValue() > Math.max(top, floor));
        if (overtaken || top < floor && logits.get(first) >= floor) {
          return true;
        }
      }
    }
    return false;
  }
}
