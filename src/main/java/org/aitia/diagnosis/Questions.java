package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Hypothesis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;

/**
 * Ranks questions by how much an answer is expected to tell about the causes in play, against what
 * it costs the user to find out: the information gain about each cause, summed (causes are
 * independent here, since there may be several), over the cost.
 */
public final class Questions {
  private final Knowledge knowledge;
  private final Map<String, Double> probability = new HashMap<>();
  private final Set<String> told;

  public Questions(Knowledge knowledge, Conclusions conclusions) {
    this.knowledge = knowledge;
    for (Hypothesis h : conclusions.hypotheses()) {
      probability.put(h.cause(), h.probability());
    }
    // What the comparison with a reference answers is not asked.
    told =
        conclusions.symptoms().stream()
            .filter(s -> s.type().difference() != null)
            .flatMap(s -> s.type().difference().answers().keySet().stream())
            .collect(Collectors.toSet());
  }

  /**
   * The questions still worth asking, best first.
   *
   * @param answered ids of the questions that were answered, in whatever way
   * @param evidence kinds of evidence that the run holds: they make some questions pointless
   */
  public List<Question> ranked(Set<String> answered, Set<String> evidence) {
    Map<Question, Double> worth = new HashMap<>();
    double least = knowledge.weights().limit("question-worth");
    for (Question q : knowledge.questions().values()) {
      boolean open = !answered.contains(q.id()) && !told.contains(q.id());
      if (open && q.needsNot().stream().noneMatch(evidence::contains)) {
        double value = worth(q);
        if (value >= least) {
          worth.put(q, value);
        }
      }
    }
    List<Question> best = new ArrayList<>(worth.keySet());
    best.sort(
        Comparator.comparingDouble((Question q) -> -worth.get(q)).thenComparing(Question::id));
    return best;
  }

  /** Expected information of a question in bits, over its cost. */
  public double worth(Question question) {
    return gain(question) / knowledge.weights().limit("cost-" + question.cost().id());
  }

  private double gain(Question question) {
    Map<String, double[]> shifts = new HashMap<>();
    // an answer that says nothing about a cause is possible for any question: "no" where only "yes"
    // is listed
    int answers = Math.max(2, question.answers().size());
    int index = 0;
    for (Question.Answer answer : question.answers().values()) {
      int at = index++;
      shifts(
          answer,
          (cause, weight) -> shifts.computeIfAbsent(cause, c -> new double[answers])[at] += weight);
    }
    double gain = 0;
    for (Map.Entry<String, double[]> e : shifts.entrySet()) {
      gain += gain(probability.getOrDefault(e.getKey(), 0.0), e.getValue());
    }
    return gain;
  }

  /** By how much an answer shifts the log-odds of each cause it speaks of. */
  public void shifts(Question.Answer answer, java.util.function.ObjDoubleConsumer<String> each) {
    for (Map.Entry<String, Level> e : answer.supports().entrySet()) {
      each.accept(e.getKey(), knowledge.weights().supports().get(e.getValue()));
    }
    for (Map.Entry<String, Level> e : answer.opposes().entrySet()) {
      each.accept(e.getKey(), -knowledge.weights().opposes().get(e.getValue()));
    }
  }

  /**
   * What an answer would do to a cause.
   *
   * @param before probability now
   * @param after probability after the answer, as far as no other rule joins in
   */
  public record Effect(String cause, double before, double after) {
    private double size() {
      return Math.abs(after - before);
    }
  }

  /** What an answer would do, the largest effect first. */
  public List<Effect> effects(Question.Answer answer) {
    Map<String, Double> shifts = new HashMap<>();
    shifts(answer, (cause, weight) -> shifts.merge(cause, weight, Double::sum));
    return shifts.entrySet().stream()
        .map(e -> effect(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingDouble((Effect e) -> -e.size()).thenComparing(Effect::cause))
        .toList();
  }

  private Effect effect(String cause, double shift) {
    double p = probability.getOrDefault(cause, 0.0);
    double odds = p / (1 - p) * Math.exp(shift);
    return new Effect(cause, p, odds / (1 + odds));
  }

  /** The causes that a question bears on, those in play first. */
  public List<String> separates(Question question) {
    List<String> found = new ArrayList<>();
    question.answers().values().forEach(a -> shifts(a, (cause, w) -> found.add(cause)));
    return found.stream()
        .distinct()
        .sorted(Comparator.comparingDouble((String c) -> -probability.getOrDefault(c, 0.0)))
        .toList();
  }

  /**
   * Information gain about one cause. How likely an answer is under the cause and without it
   * follows from the shifts: their ratio is exp(shift), split evenly between the two sides.
   */
  private static double gain(double p, double[] weights) {
    double sumGiven = 0;
    double sumOtherwise = 0;
    for (double w : weights) {
      sumGiven += Math.exp(w / 2);
      sumOtherwise += Math.exp(-w / 2);
    }
    double expected = 0;
    for (double w : weights) {
      double yes = p * Math.exp(w / 2) / sumGiven;
      double no = (1 - p) * Math.exp(-w / 2) / sumOtherwise;
      expected += (yes + no) * entropy(yes / (yes + no));
    }
    return Math.max(0, entropy(p) - expected);
  }

  private static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
  }

  /** Of a healthy run, or once a cause is certain, no question is worth the user's time. */
  static List<Question> forReport(
      Knowledge knowledge, Conclusions conclusions, Set<String> answered, Set<String> evidence) {
    double sure = knowledge.weights().limit("sure");
    if (conclusions.verdict().equals("healthy")
        || conclusions.hypotheses().stream().anyMatch(h -> h.probability() >= sure)) {
      return Collections.emptyList();
    }
    List<Question> all = new Questions(knowledge, conclusions).ranked(answered, evidence);
    return all.subList(0, Math.min(5, all.size()));
  }
}
