package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.Weights;
import org.aitia.limit.Failure;
import org.aitia.observation.Comparers;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Claims;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Explained;
import org.aitia.reasoning.fact.Health;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.fact.LeadsTo;
import org.aitia.reasoning.fact.Limits;
import org.aitia.reasoning.fact.Listed;
import org.aitia.reasoning.fact.Looked;
import org.aitia.reasoning.fact.Meaning;
import org.aitia.reasoning.fact.Ruling;
import org.aitia.reasoning.fact.SpeaksFor;
import org.aitia.reasoning.fact.Stated;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.reasoning.fact.Tread;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.reasoning.rule.RuleException;
import org.aitia.run.Report;

/** Draws the rules' conclusions from what was observed and answered. Safe for concurrent use. */
public final class Reasoner {
  // The engine's memory has no order; the same run must always read the same.
  private static final Comparator<Symptom> BY_OBSERVATION =
      Comparator.comparingInt(Reasoner::position).thenComparing(Symptom::id);

  private static final Comparator<Claim> BY_RULE =
      Comparator.comparing(Claim::rule)
          .thenComparing(Claim::cause)
          .thenComparing(Claim::sees)
          .thenComparing(
              c ->
                  c.because(Symptom.class).stream()
                      .mapToInt(Reasoner::position)
                      .boxed()
                      .toList()
                      .toString())
          .thenComparing(
              c -> c.because(Symptom.class).stream().map(Symptom::id).toList().toString());

  private final Knowledge knowledge;
  private final RuleBook rules;
  private final Limits limits;
  private final Meanings meanings;
  private final WarmMemories warm = new WarmMemories();

  public Reasoner(Knowledge knowledge, RuleBook rules) {
    this.knowledge = knowledge;
    this.rules = rules;
    this.limits = limits(knowledge.weights());
    this.meanings = new Meanings(knowledge);
  }

  private static Limits limits(Weights weights) {
    return new Limits(
        weights.limit("suspicion"),
        weights.limit("plausible"),
        weights.limit("sure"),
        weights.limit("differences"),
        weights.limit("healthy"),
        weights.limit("faulty"),
        weights.limit("first-looks"),
        weights.limit("step-passed"));
  }

  /** The rules and what they say of themselves. */
  public RuleBook rules() {
    return rules;
  }

  /**
   * Reasons about one run.
   *
   * @return the conclusions; a rule that fails or fires without end is among their failures, and
   *     all others have spoken
   */
  public Conclusions conclude(List<Observation> observations, Report report) {
    return conclude(observations, report, List.of());
  }

  /**
   * Reasons about one run, and says how far the steps of the decision tree are.
   *
   * @param looked which checks were made
   */
  public Conclusions conclude(List<Observation> observations, Report report, List<Looked> looked) {
    Map<String, Failure> silenced = new LinkedHashMap<>();
    while (true) {
      try {
        return conclude(observations, report, looked, silenced.keySet())
            .without(List.copyOf(silenced.values()));
      } catch (RuleException e) {
        if (silenced.put(e.rule(), Failure.of(Failure.Part.RULE, e.rule(), e)) != null) {
          throw e;
        }
      } catch (RuntimeException e) {
        return withoutOwn(observations, report, looked, e);
      }
    }
  }

  /**
   * A condition that fails stops the engine before any filter is asked: no rule of the user's own
   * speaks then.
   */
  private Conclusions withoutOwn(
      List<Observation> observations, Report report, List<Looked> looked, RuntimeException thrown) {
    if (!rules.hasOwn()) {
      throw thrown;
    }
    Failure failure = Failure.of(Failure.Part.RULE, RuleBook.OWN, thrown);
    return new Reasoner(knowledge, RuleBook.builtIn())
        .conclude(observations, report, looked)
        .without(List.of(failure));
  }

  /** Lets all rules speak, and says which one failed. */
  void rehearse(List<Observation> observations, Report report) {
    conclude(observations, report, List.of(), Set.of());
  }

  private Conclusions conclude(
      List<Observation> observations, Report report, List<Looked> looked, Set<String> silenced) {
    WorkingMemory memory = silenced.isEmpty() ? warm.take(observations, report.symptoms()) : null;
    if (memory == null) {
      memory = memory(observations, report.symptoms());
      memory.silence(silenced);
    }
    try {
      Conclusions conclusions = conclude(memory, report.answers(), looked);
      if (silenced.isEmpty()) {
        warm.put(memory);
        memory = null;
      }
      return conclusions;
    } finally {
      if (memory != null) {
        memory.close();
      }
    }
  }

  private WorkingMemory memory(List<Observation> observations, List<Report.Stated> stated) {
    WorkingMemory memory =
        new WorkingMemory(
            rules.base(),
            new Conclusion(knowledge, rules.entries(), rules.own()),
            observations,
            stated);
    types(observations, stated).forEach(memory::insert);
    knowledge.causes().values().forEach(memory::insert);
    knowledge
        .causes()
        .values()
        .forEach(c -> c.leadsTo().forEach(e -> memory.insert(new LeadsTo(c.id(), e))));
    memory.insert(limits);
    meanings.readings().forEach(memory::insert);
    observations.forEach(memory::insert);
    if (observations.stream().anyMatch(o -> o.subject().equals(Comparers.REFERENCE))) {
      meanings.bearings().forEach(memory::insert);
    }
    stated.forEach(s -> memory.insert(new Stated(s.id(), s.since())));
    return memory;
  }

  private Conclusions conclude(
      WorkingMemory memory, Map<String, String> answers, List<Looked> looked) {
    Map<Answer, List<Meaning>> spoken = meanings.spoken(answers);
    if (memory.answeredBy(spoken.keySet(), looked)) {
      return memory.concluded();
    }
    memory.answer(spoken);
    List<Claim> claims =
        memory.all(Claims.class).stream().flatMap(c -> c.all().stream()).sorted(BY_RULE).toList();
    boolean harmless = !memory.all(Health.Harmless.class).isEmpty();
    Weighing weighing = new Weighing(knowledge, rules.entries(), claims, harmless);
    List<Hypothesis> weighed = weighing.hypotheses();
    Health health = weighing.health(weighed);
    List<Hypothesis> hypotheses = weighing.given(health, weighed);
    memory.suppose(hypotheses, health);
    List<Explained> explained =
        memory.all(Explained.class).stream()
            .sorted(Comparator.comparing(Explained::root).thenComparing(Explained::effect))
            .toList();
    Verdict verdict =
        memory.all(Ruling.class).stream()
            .map(Ruling::verdict)
            .min(Comparator.naturalOrder())
            .orElse(Verdict.UNDECIDED);
    List<Symptom> symptoms =
        memory.all(Symptom.class).stream().distinct().sorted(BY_OBSERVATION).toList();
    Conclusions ranked =
        new Conclusions(
            verdict,
            ranked(hypotheses, explained),
            symptoms,
            memory.observations(),
            explained,
            claims,
            Map.of(),
            List.of(),
            List.of());
    List<Tread.Shown> shown =
        symptoms.stream()
            .map(s -> s.type().telling().step())
            .filter(Objects::nonNull)
            .distinct()
            .map(Tread.Shown::new)
            .toList();
    Walk walk =
        Walk.down(
            rules.base(), knowledge, limits, verdict, listed(ranked), signs(ranked), looked, shown);
    return memory.conclude(looked, ranked.treading(walk.states(), walk.advice()));
  }

  private List<Listed> listed(Conclusions ranked) {
    List<Listed> listed = new ArrayList<>();
    for (Hypothesis h : ranked.listed(knowledge.weights().limit("listed"))) {
      listed.add(new Listed(h.cause(), h.step(), h.probability(), listed.size() + 1));
    }
    return listed;
  }

  /** What speaks for each cause that is listed. */
  private List<SpeaksFor> signs(Conclusions ranked) {
    return ranked.listed(knowledge.weights().limit("listed")).stream()
        .flatMap(
            h ->
                h.weighed().stream()
                    .filter(w -> w.weight() > 0)
                    .flatMap(w -> signs(w.claim()))
                    .map(sign -> new SpeaksFor(h.cause(), sign)))
        .distinct()
        .toList();
  }

  private static Stream<String> signs(Claim claim) {
    return Stream.concat(
        claim.because(Symptom.class).stream().map(Symptom::id),
        claim.because(Answer.class).stream().map(Answer::question));
  }

  /** A mechanism that a likely root explains falls behind it. */
  private List<Hypothesis> ranked(List<Hypothesis> hypotheses, List<Explained> explained) {
    Set<String> effects = explained.stream().map(Explained::effect).collect(Collectors.toSet());
    double loss = knowledge.weights().limit("explained");
    return hypotheses.stream()
        .map(h -> effects.contains(h.cause()) ? h.less(loss) : h)
        .sorted(Hypothesis.likeliestFirst(knowledge.counts()))
        .toList();
  }

  /**
   * The kinds of symptoms that this run can show: the others would only be carried through the
   * network.
   */
  private Stream<SymptomType> types(List<Observation> observations, List<Report.Stated> said) {
    Set<String> measured =
        observations.stream().map(o -> o.measure().id()).collect(Collectors.toSet());
    Set<String> stated = said.stream().map(Report.Stated::id).collect(Collectors.toSet());
    return knowledge.symptoms().values().stream()
        .filter(
            s ->
                stated.contains(s.id())
                    || (s.threshold() != null && measured.contains(s.threshold().measure())));
  }

  /**
   * Number of the observation that a symptom rests on, in the order of observing; those without one
   * come last.
   */
  private static int position(Symptom symptom) {
    return symptom.observation() == null
        ? Integer.MAX_VALUE
        : Integer.parseInt(symptom.observation().id().substring(1));
  }
}
