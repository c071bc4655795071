package org.aitia.dialogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Verdict;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * How two conclusions differ.
 *
 * @param was the verdict before
 * @param is the verdict after
 * @param rose causes that became more likely, by more than is not worth telling; the most moved
 *     first
 * @param fell causes that became less likely, the same way
 */
public record Movement(Verdict was, Verdict is, List<Moved> rose, List<Moved> fell) {
  /** A cause with its probabilities before and after. */
  public record Moved(String cause, double before, double after) {
    double by() {
      return after - before;
    }
  }

  /** From one to the other. */
  public static Movement between(Conclusions before, Conclusions after, Knowledge knowledge) {
    Map<String, Double> earlier = new HashMap<>();
    before.hypotheses().forEach(h -> earlier.put(h.cause(), h.probability()));
    double least = knowledge.weights().limit("worth-telling");
    List<Moved> rose = new ArrayList<>();
    List<Moved> fell = new ArrayList<>();
    for (Hypothesis h : after.hypotheses()) {
      Moved moved =
          new Moved(h.cause(), earlier.getOrDefault(h.cause(), h.probability()), h.probability());
      if (Math.abs(moved.by()) >= least) {
        (moved.by() > 0 ? rose : fell).add(moved);
      }
    }
    rose.sort(Comparator.comparingDouble(m -> -m.by()));
    fell.sort(Comparator.comparingDouble(Moved::by));
    return new Movement(before.verdict(), after.verdict(), List.copyOf(rose), List.copyOf(fell));
  }
}
