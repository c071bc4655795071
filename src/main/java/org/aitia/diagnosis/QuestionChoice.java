package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Hypothesis;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;

/**
 * Chooses the questions worth asking: how much an answer is expected to move the causes still in
 * play, against what it costs the user to find out. The expected movement is the information gain
 * about each cause, summed: causes are independent here, since there may be several.
 */
public final class QuestionChoice {
  private static final int MAX_QUESTIONS = 5;

  private QuestionChoice() {}

  /**
   * The best questions, best first; those already answered or made pointless by the evidence are
   * left out.
   */
  public static List<Question> choose(
      Knowledge knowledge,
      Conclusions conclusions,
      Collection<String> answered,
      Set<String> evidence) {
    if (conclusions.verdict().equals("healthy")) {
      return List.of();
    }
    Map<String, Double> probability = new HashMap<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      probability.put(h.cause(), h.probability());
    }
    Map<Question, Double> worth = new HashMap<>();
    for (Question q : knowledge.questions().values()) {
      if (!answered.contains(q.id()) && q.needsNot().stream().noneMatch(evidence::contains)) {
        worth.put(q, gain(knowledge, q, probability) / cost(knowledge, q.cost()));
      }
    }
    double least = knowledge.weights().limit("question-worth");
    List<Question> best = new ArrayList<>(worth.keySet());
    best.removeIf(q -> worth.get(q) < least);
    best.sort(
        Comparator.comparingDouble((Question q) -> -worth.get(q)).thenComparing(Question::id));
    return best.subList(0, Math.min(MAX_QUESTIONS, best.size()));
  }

  private static double cost(Knowledge knowledge, Cost cost) {
    return knowledge.weights().limit("cost-" + cost.id());
  }

  /** Expected fall of the entropy of all causes that the question bears on, in bits. */
  static double gain(Knowledge knowledge, Question question, Map<String, Double> probability) {
    Map<String, List<Double>> shifts = new HashMap<>();
    int answers = question.answers().size();
    int index = 0;
    for (Question.Answer answer : question.answers().values()) {
      for (Map.Entry<String, Level> e : answer.supports().entrySet()) {
        shift(shifts, e.getKey(), answers, index, knowledge.weights().supports().get(e.getValue()));
      }
      for (Map.Entry<String, Level> e : answer.opposes().entrySet()) {
        shift(shifts, e.getKey(), answers, index, -knowledge.weights().opposes().get(e.getValue()));
      }
      index++;
    }
    double gain = 0;
    for (Map.Entry<String, List<Double>> e : shifts.entrySet()) {
      double p = probability.getOrDefault(e.getKey(), 0.0);
      gain += gain(p, e.getValue());
    }
    return gain;
  }

  private static void shift(
      Map<String, List<Double>> shifts, String cause, int answers, int index, double weight) {
    List<Double> list =
        shifts.computeIfAbsent(
            cause, c -> new ArrayList<>(java.util.Collections.nCopies(Math.max(answers, 2), 0.0)));
    list.set(index, weight);
  }

  /**
   * Information gain about one cause: each answer is as likely as the cause makes it, given how it
   * shifts the odds.
   */
  private static double gain(double p, List<Double> weights) {
    // P(answer | cause) / P(answer | not cause) = exp(weight): solved with equal shares of the
    // answers that say nothing
    double[] given = new double[weights.size()];
    double[] otherwise = new double[weights.size()];
    double sumGiven = 0;
    double sumOtherwise = 0;
    for (int i = 0; i < given.length; i++) {
      given[i] = Math.exp(weights.get(i) / 2);
      otherwise[i] = Math.exp(-weights.get(i) / 2);
      sumGiven += given[i];
      sumOtherwise += otherwise[i];
    }
    double expected = 0;
    for (int i = 0; i < given.length; i++) {
      double yes = p * given[i] / sumGiven;
      double no = (1 - p) * otherwise[i] / sumOtherwise;
      double total = yes + no;
      if (total > 0) {
        expected += total * entropy(yes / total);
      }
    }
    return Math.max(0, entropy(p) - expected);
  }

  private static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }
}
