package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Weights;
import org.aitia.observation.measure.Confidence;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Health;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.reasoning.rule.RuleBook;

/**
 * What the claims about a run weigh together, in log-odds. The numbers are in {@code weights.yaml},
 * the counts behind magnitudes in {@code counts.yaml}.
 */
final class Weighing {
  /** Only a likely cause takes something from what remains when nothing else explains it. */
  private static final String SUSPICION = "suspicion";

  private static final String SCRIPT = "script";

  private final Knowledge knowledge;
  private final Weights weights;
  private final Map<String, RuleBook.Entry> rules;
  private final boolean harmless;
  private final Map<String, List<Claim>> claims;
  private final Map<String, Set<String>> explainedBy = new HashMap<>();

  /**
   * @param harmless whether what is only unusual did no harm
   */
  Weighing(
      Knowledge knowledge,
      Map<String, RuleBook.Entry> rules,
      List<Claim> claims,
      boolean harmless) {
    this.knowledge = knowledge;
    this.weights = knowledge.weights();
    this.rules = rules;
    this.harmless = harmless;
    this.claims = claims.stream().collect(Collectors.groupingBy(Claim::cause));
    claims.stream()
        .filter(c -> c.supports() && c.isContradiction())
        .forEach(
            c ->
                explains(c)
                    .forEach(
                        s -> explainedBy.computeIfAbsent(s, k -> new HashSet<>()).add(c.cause())));
  }

  private Set<String> explains(Claim claim) {
    RuleBook.Entry rule = rules.get(claim.rule());
    return rule == null ? Set.of() : rule.explains();
  }

  /** Every cause; residual ones last, when it is known whether another explains what they would. */
  List<Hypothesis> hypotheses() {
    List<Hypothesis> found = new ArrayList<>();
    for (Cause cause : knowledge.causes().values()) {
      if (!cause.residual()) {
        found.add(hypothesis(cause, 1));
      }
    }
    boolean explained =
        found.stream().anyMatch(h -> h.supported() && h.probability() >= weights.limit(SUSPICION));
    double share = explained ? weights.limit("explained-share") : 1;
    for (Cause cause : knowledge.causes().values()) {
      if (cause.residual()) {
        found.add(hypothesis(cause, share));
      }
    }
    return found;
  }

  /** Log-odds of a cause: of the claims that see the same thing the one that weighs most. */
  private Hypothesis hypothesis(Cause cause, double share) {
    Map<String, Hypothesis.Weighed> bySight = new TreeMap<>();
    boolean proven = false;
    for (Claim claim : claims.getOrDefault(cause.id(), List.of())) {
      double weight = weight(claim) * (isResidual(claim) ? share : 1);
      proven |= isProof(claim);
      bySight.merge(
          (claim.supports() ? "+" : "-") + claim.sees(),
          new Hypothesis.Weighed(claim, weight),
          (a, b) -> Math.abs(b.weight()) > Math.abs(a.weight()) ? b : a);
    }
    List<Hypothesis.Weighed> weighed = new ArrayList<>(bySight.values());
    weighed.sort(Comparator.comparingDouble((Hypothesis.Weighed w) -> -Math.abs(w.weight())));
    double prior = logit(weights.priors().get(cause.prior()));
    if (proven) {
      prior = Math.max(prior, logit(weights.limit("proven-prior")));
    }
    double logit = prior + weighed.stream().mapToDouble(Hypothesis.Weighed::weight).sum();
    return new Hypothesis(cause.id(), cause.family(), cause.step(), prior, logit, weighed);
  }

  /** Whether another cause may explain what it sees; what a person found out stays. */
  private static boolean isResidual(Claim claim) {
    return claim.supports() && !claim.isContradiction() && claim.because(Answer.class).isEmpty();
  }

  /** What follows from definitions is as true of a rare cause as of a common one. */
  private static boolean isProof(Claim claim) {
    return claim.supports()
        && claim.isContradiction()
        && claim.level() == Level.DECISIVE
        && !isAssumed(claim);
  }

  private double weight(Claim claim) {
    double weight = weights.of(claim);
    if (claim.supports() && !claim.isContradiction()) {
      weight = Math.min(weight, measured(claim));
      weight *= harmless ? weights.limit("harmless-share") : 1;
      weight *= isExplained(claim) ? weights.limit("explained-share") : 1;
    }
    return weight * (isAssumed(claim) ? weights.limit("likely") : 1);
  }

  /**
   * What counting says of a rule; nothing of answers, signs and rules of the user's own, which are
   * not counted, nor of what stands in a script: hardly any labelled run has one.
   */
  private double measured(Claim claim) {
    RuleBook.Entry rule = rules.get(claim.rule());
    if (knowledge.counts().runs() == 0
        || rule == null
        || !rule.counted()
        || claim.because(Symptom.class).stream().anyMatch(s -> s.type().subject().equals(SCRIPT))) {
      return Double.POSITIVE_INFINITY;
    }
    double ratio = knowledge.counts().logRatio(claim.rule(), claim.cause(), weights.limit("leak"));
    boolean neverWrong = knowledge.counts().of(claim.rule(), claim.cause()).wrong() == 0;
    return Math.max(weights.limit(neverWrong ? "untested" : "least"), ratio);
  }

  /** Whether another cause that was proven produces what this rests on. */
  private boolean isExplained(Claim claim) {
    return claim.because(Symptom.class).stream()
        .map(s -> explainedBy.getOrDefault(s.id(), Set.of()))
        .anyMatch(by -> !by.isEmpty() && !by.contains(claim.cause()));
  }

  /** Whether it rests on something that was assumed, not seen. */
  private static boolean isAssumed(Claim claim) {
    return claim.because(Symptom.class).stream().anyMatch(s -> s.confidence() == Confidence.LIKELY);
  }

  /**
   * How likely the run is healthy: its own evidence against all causes that something speaks for,
   * and against one that nobody sees.
   */
  Health health(List<Hypothesis> hypotheses) {
    Map<String, Double> bySight = new TreeMap<>();
    claims
        .getOrDefault(Claim.HEALTHY, List.of())
        .forEach(
            c ->
                bySight.merge(
                    (c.supports() ? "+" : "-") + c.sees(),
                    weights.of(c),
                    (a, b) -> Math.abs(b) > Math.abs(a) ? b : a));
    double own =
        logit(weights.limit("healthy-prior"))
            + bySight.values().stream().mapToDouble(Double::doubleValue).sum();
    double healthy = Math.exp(own);
    double faulty =
        1
            + hypotheses.stream()
                .filter(Hypothesis::supported)
                .mapToDouble(h -> Math.exp(h.logit()))
                .sum();
    return new Health(healthy / (healthy + faulty));
  }

  /**
   * The causes of a run that may be faulty: where something is wrong, at least one of them is true,
   * and what the evidence leaves open is shared by what is left. That nothing speaks for a cause
   * speaks against it where something is known to be wrong.
   */
  List<Hypothesis> given(Health health, List<Hypothesis> hypotheses) {
    boolean wrong = health.probability() <= weights.limit("faulty");
    double background = wrong ? weights.limit("background") : 1;
    double[] open =
        hypotheses.stream()
            .mapToDouble(h -> h.probability() * (h.supported() ? 1 : background))
            .toArray();
    double share = (1 - health.probability()) / (1 - none(open));
    return IntStream.range(0, open.length)
        .mapToObj(i -> share > 1 ? hypotheses.get(i).at(share * open[i]) : hypotheses.get(i))
        .toList();
  }

  /** Probability that none is true. */
  private static double none(double[] probabilities) {
    return Arrays.stream(probabilities).reduce(1, (none, p) -> none * (1 - p));
  }

  private static double logit(double probability) {
    return Math.log(probability / (1 - probability));
  }
}
