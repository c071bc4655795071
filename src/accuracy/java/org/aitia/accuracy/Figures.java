package org.aitia.accuracy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Weights;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/** Figures over labelled runs, as the scorer beside the corpora defines them. */
final class Figures {
  private static final int SHOWN = 5;
  private static final int PAIR = 4;

  private final Weights weights;
  private final List<Double> said = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final Map<String, int[]> byCause = new HashMap<>();
  private final Map<String, Integer> rightRuns = new HashMap<>();
  private int faulty;
  private int healthy;
  private int first;
  private int three;
  private int exact;
  private int recognised;
  private int alarms;
  private int missed;
  private int pairs;
  private int both;
  private int empty;

  Figures(Weights weights) {
    this.weights = weights;
  }

  /** Counts a run, and says what was wrong about it; null when nothing was. */
  String add(Labelled run, Conclusions conclusions) {
    List<Hypothesis> list = conclusions.listed(weights.limit("listed"));
    boolean calledHealthy = conclusions.verdict() == org.aitia.knowledge.Verdict.HEALTHY;
    if (run.causes().isEmpty()) {
      healthy++;
      recognised += calledHealthy ? 1 : 0;
      alarms += conclusions.verdict() == org.aitia.knowledge.Verdict.FAULTY ? 1 : 0;
      return calledHealthy ? null : miss(run, conclusions, list);
    }
    faulty++;
    missed += calledHealthy ? 1 : 0;
    empty += list.isEmpty() ? 1 : 0;
    run.right().forEach(c -> rightRuns.merge(c, 1, Integer::sum));
    int rank = rank(list, run.right());
    first += rank == 0 ? 1 : 0;
    three += rank >= 0 && rank < 3 ? 1 : 0;
    exact += rank(list, run.causes()) == 0 ? 1 : 0;
    for (String cause : run.causes()) {
      int[] counts = byCause.computeIfAbsent(cause, c -> new int[2]);
      counts[0]++;
      counts[1] += rank == 0 ? 1 : 0;
    }
    if (run.causes().size() > 1) {
      pairs++;
      Set<String> seen = new HashSet<>();
      list.stream().limit(PAIR).forEach(h -> seen.add(h.cause()));
      both += seen.containsAll(run.causes()) ? 1 : 0;
    }
    if (!list.isEmpty()) {
      said.add(list.get(0).probability());
      right.add(rank == 0);
    }
    return rank == 0 ? null : miss(run, conclusions, list);
  }

  private static String miss(Labelled run, Conclusions conclusions, List<Hypothesis> list) {
    StringBuilder text = new StringBuilder(run.set() + " " + run.name() + " true " + run.causes());
    text.append(" said ").append(conclusions.verdict());
    list.stream()
        .limit(SHOWN)
        .forEach(
            h -> text.append(String.format(Locale.ROOT, " %s %.2f", h.cause(), h.probability())));
    return text.toString();
  }

  private static int rank(List<Hypothesis> list, Set<String> causes) {
    for (int i = 0; i < list.size(); i++) {
      if (causes.contains(list.get(i).cause())) {
        return i;
      }
    }
    return -1;
  }

  /** Mean over tenths of what was said less how often it was right, weighed by their sizes. */
  private double calibration() {
    double[] sum = new double[10];
    for (int i = 0; i < said.size(); i++) {
      sum[(int) Math.min(said.get(i) * 10, 9)] += said.get(i) - (right.get(i) ? 1 : 0);
    }
    double all = 0;
    for (double s : sum) {
      all += Math.abs(s);
    }
    return all / said.size();
  }

  /** Points of a reliability curve: mean of what was said, share that was right, and how many. */
  List<double[]> points() {
    List<double[]> points = new ArrayList<>();
    for (int bin = 0; bin < 10; bin++) {
      double sum = 0;
      int n = 0;
      int hits = 0;
      for (int i = 0; i < said.size(); i++) {
        if ((int) Math.min(said.get(i) * 10, 9) == bin) {
          sum += said.get(i);
          n++;
          hits += right.get(i) ? 1 : 0;
        }
      }
      if (n > 0) {
        points.add(new double[] {sum / n, hits / (double) n, n});
      }
    }
    return points;
  }

  /** Mean of what was said and share that was right, by tenths of what was said. */
  String reliability() {
    double[] sum = new double[10];
    int[] n = new int[10];
    int[] hits = new int[10];
    for (int i = 0; i < said.size(); i++) {
      int bin = (int) Math.min(said.get(i) * 10, 9);
      sum[bin] += said.get(i);
      n[bin]++;
      hits[bin] += right.get(i) ? 1 : 0;
    }
    StringBuilder text = new StringBuilder("   ");
    for (int b = 0; b < 10; b++) {
      if (n[b] > 0) {
        text.append(
            String.format(
                Locale.ROOT, " %.2f:%.2f(%d)", sum[b] / n[b], hits[b] / (double) n[b], n[b]));
      }
    }
    return text.toString();
  }

  /** The row of a table: of faulty runs, of healthy ones, of probabilities. */
  String row(String name) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %d | %s | %s | %s |",
        name,
        faulty,
        share(first),
        share(three),
        share(exact),
        macro(),
        constant(),
        healthy,
        of(recognised, healthy),
        of(alarms, healthy),
        number(calibration()));
  }

  private String share(int n) {
    return of(n, faulty);
  }

  private static String of(int n, int all) {
    return number(share(n, all));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  /** Mean over the causes of how often a right one came first. */
  private String macro() {
    return number(
        byCause.values().stream().mapToDouble(c -> (double) c[1] / c[0]).average().orElse(0));
  }

  /** What the best constant answer would score as the first cause. */
  private String constant() {
    return share(rightRuns.values().stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  String line(String name) {
    double macro =
        byCause.values().stream().mapToDouble(c -> (double) c[1] / c[0]).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "%-34s top1 %.3f top3 %.3f exact %.3f macro1 %.3f healthy %.3f alarms %.3f missed %.3f both %.3f ece %.3f empty %d",
        name,
        share(first, faulty),
        share(three, faulty),
        share(exact, faulty),
        macro,
        share(recognised, healthy),
        share(alarms, healthy),
        share(missed, faulty),
        share(both, pairs),
        calibration(),
        empty);
  }

  private static double share(int n, int of) {
    return of == 0 ? Double.NaN : (double) n / of;
  }
}
