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
  /** Questions on how things stand come before all others. */
  private static final String SITUATION = "situation";

  private final Knowledge knowledge;

  public NextQuestion(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** Whether the user simply knows the answer. */
  static boolean isFact(Question question) {
    return SITUATION.equals(question.topic())
        && question.cost() == Cost.SECONDS
        && question.kind() != Question.Kind.TEXT;
  }

  /** Whether the answer holds of the task, whichever run of it is looked at. */
  static boolean holdsOfTheTask(Question question) {
    return isFact(question) && question.needsNot().isEmpty();
  }

  /**
   * The next question; none when no question is worth asking any more.
   *
   * @param answered ids of the questions answered so far
   * @param topic topic of the last question; null at the start
   */
  public Optional<Question> choose(
      Conclusions conclusions, Set<String> answered, Set<String> evidence, String topic) {
    Questions questions = new Questions(knowledge, conclusions);
    Optional<Question> fact =
        knowledge.questions().values().stream()
            .filter(NextQuestion::isFact)
            .filter(q -> !answered.contains(q.id()))
            .filter(q -> q.needsNot().stream().noneMatch(evidence::contains))
            .findFirst();
    if (fact.isPresent()) {
      return fact;
    }
    List<Question> ranked = questions.ranked(answered, evidence);
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
  public boolean couldChange(Conclusions conclusions, Set<String> answered, Set<String> evidence) {
    Questions questions = new Questions(knowledge, conclusions);
    Map<String, Double> logits = new HashMap<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      logits.put(h.cause(), h.logit());
    }
    String first = conclusions.hypotheses().get(0).cause();
    double plausible = knowledge.weights().limit("plausible");
    double floor = Math.log(plausible / (1 - plausible));
    for (Question q : questions.ranked(answered, evidence)) {
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
