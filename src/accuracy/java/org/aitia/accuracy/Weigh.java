package org.aitia.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aitia.Diagnoser;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Counts;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.inference.Reasoner;
import org.aitia.reasoning.rule.RuleBook;

/**
 * Counts how often each rule was right on labelled runs, and scores what the counts are worth: each
 * group of runs by the counts of all the others.
 */
public final class Weigh {
  private Knowledge knowledge;
  private final RuleBook rules;
  private final List<Labelled> runs = new ArrayList<>();
  private final Map<Labelled, Map<String, Set<String>>> spoken = new LinkedHashMap<>();

  private Weigh(Diagnoser diagnoser) {
    this.knowledge = diagnoser.knowledge();
    this.rules = diagnoser.rules();
  }

  /**
   * Runs.
   *
   * @param args folders of labelled runs; {@code --view full|no-record|curves-config|curves};
   *     {@code --write FILE} for the counts; {@code --misses}; {@code --try LIMIT=VALUE,...}, to
   *     score other limits of {@code weights.yaml}, too
   */
  public static void main(String[] args) throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    Weigh weigh = new Weigh(diagnoser);
    List<Path> folders = new ArrayList<>();
    Labelled.View view = Labelled.View.FULL;
    Path write = null;
    boolean misses = false;
    List<String> tries = new ArrayList<>(List.of(""));
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--view" -> view = view(args[++i]);
        case "--write" -> write = Path.of(args[++i]);
        case "--misses" -> misses = true;
        case "--try" -> tries.add(args[++i]);
        default -> folders.add(Path.of(args[i]));
      }
    }
    for (Path folder : folders) {
      weigh.runs.addAll(Labelled.all(folder, view, diagnoser));
    }
    weigh.listen();
    if (write != null) {
      KnowledgeReader.write(weigh.counts(weigh.runs), write);
    }
    for (String limits : tries) {
      System.out.println("limits " + (limits.isEmpty() ? "as they are" : limits));
      weigh.knowledge =
          diagnoser.knowledge().weighed(diagnoser.knowledge().weights().with(limits(limits)));
      weigh.score(misses && limits.isEmpty());
    }
  }

  private static Map<String, Double> limits(String written) {
    Map<String, Double> limits = new HashMap<>();
    for (String one : written.isEmpty() ? new String[0] : written.split(",")) {
      limits.put(one.split("=")[0], Double.parseDouble(one.split("=")[1]));
    }
    return limits;
  }

  private static Labelled.View view(String name) {
    return Labelled.View.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** What each rule says of each run does not depend on what it weighs. */
  private void listen() {
    Reasoner reasoner = new Reasoner(knowledge, rules);
    for (Labelled run : runs) {
      Map<String, Set<String>> said = new HashMap<>();
      for (Claim c : reasoner.conclude(run.observations(), run.report()).claims()) {
        RuleBook.Entry rule = rules.entries().get(c.rule());
        if (c.supports() && rule != null && !rule.claims().isEmpty()) {
          said.computeIfAbsent(c.rule(), r -> new HashSet<>()).add(c.cause());
        }
      }
      spoken.put(run, said);
    }
  }

  private Counts counts(Collection<Labelled> from) {
    Map<String, Integer> causes = new TreeMap<>();
    Map<String, Map<String, Counts.Fired>> fired = new TreeMap<>();
    for (Labelled run : from) {
      run.right().forEach(c -> causes.merge(c, 1, Integer::sum));
      spoken
          .get(run)
          .forEach(
              (rule, of) -> {
                for (String cause : of) {
                  boolean right = run.right().contains(cause);
                  fired
                      .computeIfAbsent(rule, r -> new TreeMap<>())
                      .merge(
                          cause,
                          new Counts.Fired(right ? 1 : 0, right ? 0 : 1),
                          (a, b) -> new Counts.Fired(a.right() + b.right(), a.wrong() + b.wrong()));
                }
              });
    }
    return new Counts(from.size(), causes, fired);
  }

  /** Figures by set, each group scored by the counts of all others. */
  static Map<String, Figures> leftOut(Diagnoser diagnoser, List<Labelled> runs) {
    Weigh weigh = new Weigh(diagnoser);
    weigh.runs.addAll(runs);
    weigh.listen();
    Map<String, Figures> found = new TreeMap<>();
    weigh.score(new TreeMap<>(), found);
    return found;
  }

  /** Figures by the counts that are committed: of runs that are in none of them. */
  static Figures asCommitted(Diagnoser diagnoser, List<Labelled> runs) {
    Figures figures = new Figures(diagnoser.knowledge().weights());
    Reasoner reasoner = new Reasoner(diagnoser.knowledge(), diagnoser.rules());
    for (Labelled run : runs) {
      figures.add(run, reasoner.conclude(run.observations(), run.report()));
    }
    return figures;
  }

  private void score(boolean misses) {
    Map<String, Figures> home = new TreeMap<>();
    Map<String, Figures> leftOut = new TreeMap<>();
    List<String> missed = score(home, leftOut);
    if (misses) {
      missed.forEach(System.out::println);
    }
    home.forEach((set, tally) -> System.out.println(tally.line(set + ", counts of all")));
    leftOut.forEach(
        (set, tally) -> {
          System.out.println(tally.line(set + ", its group left out"));
          System.out.println(tally.reliability());
        });
  }

  /** Scores, and tells what was missed with the group left out. */
  private List<String> score(Map<String, Figures> home, Map<String, Figures> leftOut) {
    Reasoner all = new Reasoner(knowledge.counted(counts(runs)), rules);
    Map<String, List<Labelled>> groups =
        runs.stream()
            .collect(Collectors.groupingBy(Labelled::group, TreeMap::new, Collectors.toList()));
    List<String> missed = new ArrayList<>();
    for (List<Labelled> group : groups.values()) {
      Set<Labelled> others = new TreeSet<>(java.util.Comparator.comparing(r -> r.set() + r.name()));
      others.addAll(runs);
      group.forEach(others::remove);
      Reasoner without = new Reasoner(knowledge.counted(counts(others)), rules);
      for (Labelled run : group) {
        tally(home, run).add(run, all.conclude(run.observations(), run.report()));
        Conclusions concluded = without.conclude(run.observations(), run.report());
        String miss = tally(leftOut, run).add(run, concluded);
        if (miss != null) {
          missed.add(miss);
        }
      }
    }
    return missed;
  }

  private Figures tally(Map<String, Figures> tallies, Labelled run) {
    return tallies.computeIfAbsent(run.set(), s -> new Figures(knowledge.weights()));
  }
}
