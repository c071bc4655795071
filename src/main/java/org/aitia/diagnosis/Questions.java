package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * Ranks questions by how much an answer is expected to tell about which cause leads, against what
 * it costs the user to find out: the mutual information of answer and leading cause, over the cost.
 * Causes are independent in the diagnosis, but for the choice of a question they compete: what is
 * to be known next is which one to act on. "Don't know" is left out, since it is about as likely
 * for any question of the same cost.
 */
public final class Questions {
  private record Valued(Question question, double worth) {}

  private static final Comparator<Valued> BEST_FIRST =
      Comparator.comparingDouble(Valued::worth).reversed().thenComparing(v -> v.question().id());

  private final Knowledge knowledge;
  private final Map<String, String> given;
  private final Map<String, Double> probability = new HashMap<>();

  /** Odds of each cause as a share of all: which of them will lead. */
  private final Map<String, Double> share = new HashMap<>();

  private final Set<String> told;

  /** Of a run about which nothing was asked yet. */
  public Questions(Knowledge knowledge, Conclusions conclusions) {
    this(knowledge, conclusions, Map.of());
  }

  /**
   * Of a run as it stands.
   *
   * @param given the answers so far, by question
   */
  public Questions(Knowledge knowledge, Conclusions conclusions, Map<String, String> given) {
    this.knowledge = knowledge;
    this.given = given;
    for (Hypothesis h : conclusions.hypotheses()) {
      probability.put(h.cause(), h.probability());
      share.put(h.cause(), Math.exp(h.logit()));
    }
    double all = share.values().stream().mapToDouble(Double::doubleValue).sum();
    share.replaceAll((cause, odds) -> odds / all);
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
    double least = knowledge.weights().limit("question-worth");
    return knowledge.questions().values().stream()
        .filter(q -> !answered.contains(q.id()) && !told.contains(q.id()) && q.fits(given))
        .filter(q -> q.needsNot().stream().noneMatch(evidence::contains))
        .map(q -> new Valued(q, worth(q)))
        .filter(v -> v.worth() >= least)
        .sorted(BEST_FIRST)
        .map(Valued::question)
        .toList();
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
    return information(shifts, rarity(shifts, answers));
  }

  /**
   * How often each answer comes from a run with none of the causes it speaks for, up to a common
   * factor. What speaks strongly for a cause does so because it is rare without it.
   */
  private static double[] rarity(Map<String, double[]> shifts, int answers) {
    double[] rarity = new double[answers];
    for (double[] weights : shifts.values()) {
      for (int a = 0; a < answers; a++) {
        rarity[a] = Math.min(rarity[a], -weights[a]);
      }
    }
    return Arrays.stream(rarity).map(Math::exp).toArray();
  }

  /** Mutual information of the answer and the cause that leads in the end, in bits. */
  private double information(Map<String, double[]> shifts, double[] rarity) {
    int answers = rarity.length;
    double[] untouched = normalised(new double[answers], rarity);
    double[] overall = new double[answers];
    double known = 0;
    double mentioned = 0;
    for (Map.Entry<String, double[]> e : shifts.entrySet()) {
      double weight = share.getOrDefault(e.getKey(), 0.0);
      double[] given = normalised(e.getValue(), rarity);
      mentioned += weight;
      known += weight * negentropy(given);
      for (int a = 0; a < answers; a++) {
        overall[a] += weight * given[a];
      }
    }
    double rest = Math.max(0, 1 - mentioned);
    for (int a = 0; a < answers; a++) {
      overall[a] += rest * untouched[a];
    }
    return Math.max(0, known + rest * negentropy(untouched) - negentropy(overall));
  }

  /** Probability of each answer, given how it shifts the log-odds of a cause. */
  private static double[] normalised(double[] shifts, double[] rarity) {
    double[] found = new double[rarity.length];
    double sum = 0;
    for (int a = 0; a < found.length; a++) {
      found[a] = rarity[a] * Math.exp(shifts[a]);
      sum += found[a];
    }
    for (int a = 0; a < found.length; a++) {
      found[a] /= sum;
    }
    return found;
  }

  private static double negentropy(double[] probabilities) {
    double sum = 0;
    for (double p : probabilities) {
      sum += p <= 0 ? 0 : p * Math.log(p) / Math.log(2);
    }
    return sum;
  }

  /** By how much an answer shifts the log-odds of each cause it speaks of. */
  public void shifts(Question.Answer answer, java.util.function.ObjDoubleConsumer<String> each) {
    // Asked for every answer of every question: claims are not made for it.
    answer.supports().forEach((c, l) -> each.accept(c, knowledge.weights().supports().get(l)));
    answer.opposes().forEach((c, l) -> each.accept(c, -knowledge.weights().opposes().get(l)));
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

  /** Of a healthy run, or once a cause is certain, no question is worth the user's time. */
  static List<Question> forReport(
      Knowledge knowledge,
      Conclusions conclusions,
      Map<String, String> given,
      Set<String> evidence) {
    double sure = knowledge.weights().limit("sure");
    if (conclusions.verdict() == Verdict.HEALTHY
        || conclusions.hypotheses().stream().anyMatch(h -> h.probability() >= sure)) {
      return Collections.emptyList();
    }
    List<Question> all =
        new Questions(knowledge, conclusions, given).ranked(given.keySet(), evidence);
    return all.subList(0, Math.min(5, all.size()));
  }
}
