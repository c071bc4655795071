package org.aitia.accuracy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
 * group of runs by the counts of all the others. A rule is counted on the fullest files on which it
 * speaks at all.
 */
public final class Weigh {
  /** Times that a rule has to have spoken with fewer files to be counted there. */
  private static final int ENOUGH = 4;

  private Knowledge knowledge;
  private final RuleBook rules;
  private final Map<Labelled.View, List<Labelled>> runs;
  private final Map<Labelled, Map<String, Set<String>>> spoken = new IdentityHashMap<>();

  /** What each rule says of each run does not depend on what it weighs. */
  Weigh(Diagnoser diagnoser, Map<Labelled.View, List<Labelled>> runs) {
    this.knowledge = diagnoser.knowledge();
    this.rules = diagnoser.rules();
    this.runs = runs;
    Reasoner reasoner = new Reasoner(knowledge, rules);
    runs.values().stream().flatMap(List::stream).forEach(run -> spoken.put(run, of(run, reasoner)));
  }

  /**
   * Runs.
   *
   * @param args folders of labelled runs; {@code --view full|no-record|curves-config|curves} that
   *     is scored; {@code --write FILE} for the counts; {@code --misses}; {@code --try
   *     LIMIT=VALUE,...}, to score other limits of {@code weights.yaml}, too
   */
  public static void main(String[] args) throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
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
    Weigh weigh = new Weigh(diagnoser, Labelled.inViews(folders, diagnoser));
    if (write != null) {
      KnowledgeReader.write(weigh.counts(run -> true), write);
    }
    for (String limits : tries) {
      System.out.println("limits " + (limits.isEmpty() ? "as they are" : limits));
      weigh.knowledge =
          diagnoser.knowledge().weighed(diagnoser.knowledge().weights().with(limits(limits)));
      weigh.print(view, misses && limits.isEmpty());
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

  private Map<String, Set<String>> of(Labelled run, Reasoner reasoner) {
    Map<String, Set<String>> said = new HashMap<>();
    for (Claim c : reasoner.conclude(run.observations(), run.report()).claims()) {
      RuleBook.Entry rule = rules.entries().get(c.rule());
      if (c.supports() && rule != null && !rule.claims().isEmpty()) {
        said.computeIfAbsent(c.rule(), r -> new HashSet<>()).add(c.cause());
      }
    }
    return said;
  }

  private Counts counts(Predicate<Labelled> which) {
    return Arrays.stream(Labelled.View.values())
        .map(view -> counts(runs.get(view).stream().filter(which).toList()))
        .reduce((fuller, poorer) -> fuller.or(poorer, ENOUGH))
        .orElse(Counts.NONE);
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

  /** Figures by set in a view, each group scored by the counts of all others. */
  Map<String, Figures> leftOut(Labelled.View view) {
    Map<String, Figures> found = new TreeMap<>();
    score(view, new TreeMap<>(), found);
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

  private void print(Labelled.View view, boolean misses) {
    Map<String, Figures> home = new TreeMap<>();
    Map<String, Figures> leftOut = new TreeMap<>();
    List<String> missed = score(view, home, leftOut);
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
  private List<String> score(
      Labelled.View view, Map<String, Figures> home, Map<String, Figures> leftOut) {
    Reasoner all = new Reasoner(knowledge.counted(counts(run -> true)), rules);
    Map<String, List<Labelled>> groups =
        runs.get(view).stream()
            .collect(Collectors.groupingBy(Labelled::group, TreeMap::new, Collectors.toList()));
    List<String> missed = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          Reasoner without =
              new Reasoner(knowledge.counted(counts(run -> !run.group().equals(group))), rules);
          for (Labelled run : members) {
            tally(home, run).add(run, all.conclude(run.observations(), run.report()));
            Conclusions concluded = without.conclude(run.observations(), run.report());
            String miss = tally(leftOut, run).add(run, concluded);
            if (miss != null) {
              missed.add(miss);
            }
          }
        });
    return missed;
  }

  private Figures tally(Map<String, Figures> tallies, Labelled run) {
    return tallies.computeIfAbsent(run.set(), s -> new Figures(knowledge.weights()));
  }
}
