package org.aitia.reasoning.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.cases.Case;
import org.aitia.cases.CaseReader;
import org.aitia.cases.LimitCase;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.observation.limits.LimitProbe;
import org.aitia.observation.measure.LimitValues;
import org.aitia.reasoning.rule.ChangedRules;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.reasoning.rule.RuleCompiler;
import org.aitia.reasoning.rule.RuleException;
import org.aitia.reasoning.rule.RuleTexts;
import org.drools.drl.parser.DroolsParserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Changes limits of symptoms and observers, levels, conditions and rules one at a time, and counts
 * how many a test notices.
 */
@Command(name = "mutation", mixinStandardHelpOptions = true)
public final class Mutation implements Callable<Integer> {
  @Option(
      names = "--cause",
      split = ",",
      description = "only rules about these causes and the limits of what they see")
  private Set<String> causes = Set.of();

  @Option(names = "--subject", split = ",", description = "only limits of these files of symptoms")
  private Set<String> subjects = Set.of();

  @Option(names = "--kind", split = ",", description = "only these kinds: ${COMPLETION-CANDIDATES}")
  private Set<Mutant.Kind> kinds = Set.of(Mutant.Kind.values());

  @Option(names = "--sample", description = "only so many mutants, drawn at random")
  private int sample = Integer.MAX_VALUE;

  @Option(names = "--seed", description = "of the drawing")
  private long seed = 1;

  @Option(names = "--examples", description = "let the examples notice too")
  private boolean examples;

  @Option(
      names = "--tests",
      description =
          "conditions and rules that no case notices go to the other tests, a minute each")
  private boolean tests;

  @Option(names = "--brief", description = "do not list what was not noticed")
  private boolean brief;

  @Option(names = "--at-least", description = "fail where a smaller share is noticed, in percent")
  private double least;

  /** Whether some case fails without any mutant. */
  private boolean failing;

  private final Knowledge knowledge = KnowledgeReader.compiled();
  private final List<LimitProbe> observed = LimitProbe.all();

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Mutation()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return report(measure()) < least || failing ? 1 : 0;
    } catch (KnowledgeException e) {
      e.problems().forEach(System.err::println);
      return 2;
    } catch (IOException | DroolsParserException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<Mutant, Boolean> measure()
      throws IOException, InterruptedException, DroolsParserException {
    Path folder = Path.of("knowledge-base", "cases");
    Map<String, LimitCase> limits = CaseReader.limits(folder, knowledge);
    List<Probe> probes = probes(CaseReader.cases(folder, knowledge));
    Mutants mutants = mutants();
    List<Mutant> drawn = new ArrayList<>(mutants.found());
    drawn.removeIf(m -> !kinds.contains(m.kind()));
    if (drawn.size() > sample) {
      Collections.shuffle(drawn, new Random(seed));
      drawn = drawn.subList(0, sample);
    }
    Set<String> compiled = compiled(drawn);
    RuleBook all = RuleBook.builtInWith(ChangedRules.only(mutants.sources(), compiled));
    Sleeping rules = new Sleeping(all.base());
    probes = sound(probes, rules);
    Map<Mutant, Boolean> noticed = new LinkedHashMap<>();
    for (Mutant mutant : drawn) {
      noticed.put(
          mutant,
          isNoticed(mutant, limits, probes, rules)
              || tests
                  && isOfRules(mutant)
                  && ChangedRules.fails(mutant.about(), mutant.instead(), mutants.sources()));
    }
    return noticed;
  }

  private List<Probe> probes(List<Case> cases) throws IOException {
    List<Probe> probes = new ArrayList<>();
    for (Case c : cases) {
      if (c.doubt() == null) {
        probes.add(
            new Probe(
                c.place() + ": " + c.name(),
                c.given(),
                c.report(),
                (conclusions, k) -> c.expectation().unmet(conclusions, k.weights())));
      }
    }
    if (examples) {
      probes.addAll(Examples.probes(Path.of("examples")));
    }
    return probes;
  }

  /** What holds without any mutant; what does not could notice nothing. */
  private List<Probe> sound(List<Probe> probes, Sleeping rules) {
    List<Probe> sound = new ArrayList<>();
    rules.wake(this::isOriginal);
    for (Probe probe : probes) {
      List<String> unmet = probe.unmet(new Reasoner(knowledge, rules.book()), knowledge);
      probe.met(rules.matched());
      rules.dispose();
      if (unmet.isEmpty()) {
        sound.add(probe);
      } else {
        failing = true;
        System.err.println("fails without any change: " + probe.name() + ": " + unmet);
      }
    }
    return sound;
  }

  private boolean isOriginal(String rule) {
    return !rule.startsWith("mutant ");
  }

  private boolean isNoticed(
      Mutant mutant, Map<String, LimitCase> limits, List<Probe> probes, Sleeping rules) {
    if (mutant.kind() == Mutant.Kind.OBSERVER) {
      return isObserved(mutant);
    }
    Knowledge changed = knowledge;
    RuleBook book = rules.book();
    Predicate<String> awake = this::isOriginal;
    if (mutant.kind() == Mutant.Kind.LIMIT) {
      LimitCase values = limits.get(mutant.about());
      if (values != null && values.doubt() == null && !values.unmet(mutant.limit()).isEmpty()) {
        return true;
      }
      Map<String, SymptomType> symptoms = new LinkedHashMap<>(knowledge.symptoms());
      symptoms.computeIfPresent(mutant.about(), (id, type) -> type.with(mutant.limit()));
      changed = knowledge.with(symptoms);
    } else if (mutant.kind() == Mutant.Kind.LEVEL) {
      RuleBook.Entry e = book.entries().get(mutant.about());
      List<Claim> claims =
          e.claims().stream()
              .map(c -> c.cause().equals(mutant.cause()) ? c.at(mutant.level()) : c)
              .toList();
      book.entries()
          .put(
              e.name(),
              new RuleBook.Entry(e.name(), claims, e.level(), e.sees(), e.explains(), e.counted()));
    } else {
      awake = r -> r.equals(mutant.instead()) || isOriginal(r) && !r.equals(mutant.about());
    }
    rules.wake(awake);
    Reasoner reasoner = new Reasoner(changed, book);
    try {
      for (Probe probe : probes) {
        boolean noticed =
            probe.concerns(mutant, knowledge) && !probe.unmet(reasoner, changed).isEmpty();
        rules.dispose();
        if (noticed) {
          return true;
        }
      }
      return false;
    } catch (RuleException e) {
      rules.dispose();
      return true;
    }
  }

  private static boolean isOfRules(Mutant mutant) {
    return mutant.kind() == Mutant.Kind.CONDITION || mutant.kind() == Mutant.Kind.RULE;
  }

  private boolean isObserved(Mutant mutant) {
    Map<String, Double> values = new HashMap<>(knowledge.limitValues());
    values.put(mutant.about(), mutant.value());
    LimitValues limits = new LimitValues(values);
    return observed.stream()
        .filter(p -> p.limit().equals(mutant.about()))
        .anyMatch(p -> !p.holds(limits));
  }

  private boolean isAbout(RuleBook.Entry rule) {
    return rule.claims().stream().anyMatch(c -> causes.contains(c.cause()));
  }

  private Mutants mutants() throws IOException, DroolsParserException {
    Mutants mutants = new Mutants();
    Map<String, RuleBook.Entry> entries = RuleBook.builtIn().entries();
    Set<String> wanted = new HashSet<>();
    entries.values().stream()
        .filter(e -> causes.isEmpty() ? subjects.isEmpty() : isAbout(e))
        .forEach(e -> wanted.add(e.name()));
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, String> file : RuleCompiler.sources(Path.of("rules")).entrySet()) {
      mutants.rules(file.getKey(), file.getValue(), wanted::contains);
    }
    for (String rule : wanted) {
      mutants.levels(entries.get(rule));
      RuleTexts.of(rule)
          .ifPresent(
              t ->
                  Pattern.compile("\"([\\w-]+)\"")
                      .matcher(t.text())
                      .results()
                      .forEach(m -> seen.add(m.group(1))));
    }
    for (SymptomType type : knowledge.symptoms().values()) {
      if (type.threshold() != null
          && type.sign() == null
          && (subjects.isEmpty()
              ? seen.contains(type.id()) || causes.isEmpty()
              : subjects.contains(type.subject()))) {
        mutants.limits(type);
      }
    }
    if (causes.isEmpty() && subjects.isEmpty()) {
      knowledge.limits().values().forEach(mutants::observing);
    }
    return mutants;
  }

  private static Set<String> compiled(List<Mutant> drawn) {
    return drawn.stream().map(Mutant::instead).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  private double report(Map<Mutant, Boolean> noticed) {
    Map<Mutant.Kind, int[]> counts = new EnumMap<>(Mutant.Kind.class);
    int[] sum = new int[2];
    noticed.forEach(
        (mutant, is) -> {
          int[] count = counts.computeIfAbsent(mutant.kind(), k -> new int[2]);
          for (int[] c : List.of(count, sum)) {
            c[0] += is ? 1 : 0;
            c[1]++;
          }
          if (!is && !brief) {
            System.out.printf(
                "survived  %-9s %s: %s%n",
                mutant.kind().name().toLowerCase(java.util.Locale.ROOT),
                mutant.about(),
                mutant.change());
          }
        });
    counts.forEach((kind, c) -> line(kind.name().toLowerCase(java.util.Locale.ROOT), c));
    line("all", sum);
    return sum[1] == 0 ? 100 : 100.0 * sum[0] / sum[1];
  }

  private static void line(String name, int[] c) {
    if (c[1] > 0) {
      System.out.printf(
          "%-9s %4d of %4d noticed, %.1f %%%n", name, c[0], c[1], 100.0 * c[0] / c[1]);
    }
  }
}
