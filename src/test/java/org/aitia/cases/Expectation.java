package org.aitia.cases;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.Weights;
import org.aitia.observation.measure.Confidence;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.fact.Symptom;

/**
 * What has to be concluded. What is null or empty is not looked at.
 *
 * @param says words for and against by cause: one word is the level that all evidence comes nearest
 *     to, several are each piece of evidence
 * @param first the cause that leads
 * @param above probability that the cause has to exceed
 * @param below probability that it has to stay under
 * @param behind causes that rank behind the first, or behind the cause where no first is named
 * @param seen symptoms that are concluded
 * @param unseen symptoms that are not
 */
public record Expectation(
    Map<String, List<String>> says,
    String cause,
    String first,
    Double above,
    Double below,
    Verdict verdict,
    List<String> behind,
    List<String> seen,
    List<String> unseen) {
  static final String NOTHING = "nothing";
  static final String AGAINST = "against-";

  /** Whether a word is one that {@code says} knows. */
  static boolean isWord(String word) {
    return word.equals(NOTHING) || level(word).isPresent();
  }

  private static Optional<Level> level(String word) {
    String id = word.startsWith(AGAINST) ? word.substring(AGAINST.length()) : word;
    return List.of(Level.values()).stream().filter(l -> l.id().equals(id)).findFirst();
  }

  private List<String> own() {
    return says.getOrDefault(cause, List.of());
  }

  boolean speaksFor() {
    return above != null
        || own().stream().anyMatch(w -> List.of("decisive", "strong", "moderate").contains(w));
  }

  boolean saysLittle() {
    return below != null
        || (!own().isEmpty()
            && own().stream()
                .allMatch(w -> w.equals(NOTHING) || w.equals("weak") || w.startsWith(AGAINST)));
  }

  /** In which ways conclusions are not what is expected; none when they are. */
  public List<String> unmet(Conclusions conclusions, Weights weights) {
    List<String> unmet = new ArrayList<>();
    Map<String, Hypothesis> by =
        conclusions.hypotheses().stream().collect(Collectors.toMap(Hypothesis::cause, h -> h));
    says.forEach(
        (id, words) -> said(id, words, conclusions.claims(), weights).ifPresent(unmet::add));
    Hypothesis lead = conclusions.hypotheses().get(0);
    String leads = lead.supported() ? lead.cause() : "no cause";
    if (first != null && !first.equals(leads)) {
      unmet.add("first: " + first + " expected, but " + leads + " leads: " + evidence(lead));
    }
    double probability = by.containsKey(cause) ? by.get(cause).probability() : 0;
    if (above != null && !(probability > above) || below != null && !(probability < below)) {
      unmet.add(
          String.format(
              "probability: %s expected, but it is %.3f: %s",
              above != null ? "above " + above : "below " + below,
              probability,
              evidence(by.get(cause))));
    }
    if (verdict != null && verdict != conclusions.verdict()) {
      unmet.add("verdict: " + verdict.id() + " expected, but it is " + conclusions.verdict().id());
    }
    List<String> order = conclusions.hypotheses().stream().map(Hypothesis::cause).toList();
    String ahead = first == null ? cause : first;
    behind.stream()
        .filter(b -> order.indexOf(b) < order.indexOf(ahead))
        .forEach(
            b -> unmet.add("behind: " + b + " is before " + ahead + ": " + evidence(by.get(b))));
    Set<String> symptoms =
        conclusions.symptoms().stream().map(Symptom::id).collect(Collectors.toSet());
    seen.stream().filter(s -> !symptoms.contains(s)).forEach(s -> unmet.add("not seen: " + s));
    unseen.stream().filter(symptoms::contains).forEach(s -> unmet.add("seen: " + s));
    return unmet;
  }

  /**
   * Compares words with what was claimed; what the claims weigh in the end depends on the run's
   * result and on what else is true of it.
   */
  private static Optional<String> said(
      String id, List<String> words, List<Claim> claims, Weights weights) {
    Map<String, Hypothesis.Weighed> said = new TreeMap<>();
    claims.stream()
        .filter(c -> c.cause().equals(id))
        .map(c -> new Hypothesis.Weighed(c, weights.of(c) * trust(c, weights)))
        .forEach(
            w ->
                said.merge(
                    w.claim().stance() + w.claim().sees(),
                    w,
                    (a, b) -> Math.abs(b.weight()) > Math.abs(a.weight()) ? b : a));
    double net = said.values().stream().mapToDouble(Hypothesis.Weighed::weight).sum();
    boolean met;
    if (words.size() == 1) {
      met = words.get(0).equals(nearest(net, weights));
    } else {
      double wanted = words.stream().mapToDouble(w -> weight(w, weights)).sum();
      met = Math.abs(net - wanted) < weight("weak", weights) / 2;
    }
    return met
        ? Optional.empty()
        : Optional.of(
            String.format(
                "says: %s about %s expected, but it is %s (%+.1f): %s",
                words.size() == 1 ? words.get(0) : words,
                id,
                nearest(net, weights),
                net,
                evidence(said.values())));
  }

  private static double trust(Claim claim, Weights weights) {
    return claim.because(Symptom.class).stream().anyMatch(s -> s.confidence() == Confidence.LIKELY)
        ? weights.limit("likely")
        : 1;
  }

  private static String evidence(Hypothesis about) {
    return evidence(about.weighed());
  }

  private static String evidence(Collection<Hypothesis.Weighed> weighed) {
    return weighed.isEmpty()
        ? "no rule spoke"
        : weighed.stream()
            .map(w -> String.format("%+.1f %s", w.weight(), w.claim().rule()))
            .collect(Collectors.joining("; "));
  }

  private static double weight(String word, Weights weights) {
    if (word.equals(NOTHING)) {
      return 0;
    }
    Level level = level(word).orElseThrow();
    return word.startsWith(AGAINST) ? -weights.opposes().get(level) : weights.supports().get(level);
  }

  private static String nearest(double net, Weights weights) {
    List<String> words = new ArrayList<>(List.of(NOTHING));
    for (Level level : Level.values()) {
      words.add(level.id());
      words.add(AGAINST + level.id());
    }
    return words.stream()
        .min(java.util.Comparator.comparingDouble(w -> Math.abs(net - weight(w, weights))))
        .orElseThrow();
  }
}
