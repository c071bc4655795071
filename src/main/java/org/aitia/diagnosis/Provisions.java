package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Provision;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * What the user can add, in the order of what it would decide: each time what makes the most of the
 * checks possible that are still open, those of suspects before others, over the cost of getting
 * it.
 */
final class Provisions {
  /** How many checks a check counts for that looks for a cause which is certain. */
  private static final double SUSPECTED = 4;

  private final Knowledge knowledge;
  private final Language language;
  private final Checks checks;
  private final Set<String> evidence;
  private final Map<String, Double> suspects = new HashMap<>();

  Provisions(
      Knowledge knowledge,
      Language language,
      Checks checks,
      Set<String> evidence,
      List<Hypothesis> listed) {
    this.knowledge = knowledge;
    this.language = language;
    this.checks = checks;
    this.evidence = evidence;
    listed.forEach(h -> suspects.put(h.cause(), h.probability()));
  }

  /** Each with the checks that it decides beyond those before it. */
  List<Diagnosis.Provide> inOrder() {
    List<Check> open = new ArrayList<>(checks.open());
    List<Provision> left = new ArrayList<>(knowledge.provisions().values());
    Set<String> held = new HashSet<>(evidence);
    List<Diagnosis.Provide> found = new ArrayList<>();
    while (!left.isEmpty()) {
      Provision best =
          left.stream().max(Comparator.comparingDouble(p -> worth(p, open, held))).orElseThrow();
      List<Check> decided = decided(best, open, held);
      if (decided.isEmpty()) {
        break;
      }
      found.add(
          new Diagnosis.Provide(
              best.id(),
              best.text().in(language),
              best.how().in(language),
              best.cost().id(),
              decided.stream().map(Check::id).toList(),
              (int) decided.stream().filter(c -> suspected(c) > 0).count()));
      left.remove(best);
      open.removeAll(decided);
      held.addAll(best.gives());
    }
    return found;
  }

  private double worth(Provision provision, List<Check> open, Set<String> held) {
    double sum = 0;
    for (Check check : decided(provision, open, held)) {
      sum += 1 + SUSPECTED * suspected(check);
    }
    return sum / knowledge.weights().limit("cost-" + provision.cost().id());
  }

  /** Probability of the likeliest cause that a check looks for; 0 where none is listed. */
  private double suspected(Check check) {
    return check.causes().stream().mapToDouble(c -> suspects.getOrDefault(c, 0.0)).max().orElse(0);
  }

  private List<Check> decided(Provision provision, List<Check> open, Set<String> held) {
    Set<String> then = new HashSet<>(held);
    then.addAll(provision.gives());
    return open.stream().filter(c -> decides(provision, c, then)).toList();
  }

  private boolean decides(Provision provision, Check check, Set<String> then) {
    boolean otherwise = !check.instead().isEmpty() && then.containsAll(check.instead());
    // What is lacking though it is there is a setting that the files do not tell.
    boolean given =
        checks.lacks(check).stream()
            .allMatch(
                kind ->
                    evidence.contains(kind)
                        ? provision.gives().contains(kind)
                        : then.contains(kind));
    return given || otherwise;
  }
}
