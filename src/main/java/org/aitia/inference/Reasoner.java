package org.aitia.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.fact.Answer;
import org.aitia.fact.Bearing;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Explained;
import org.aitia.fact.Hypothesis;
import org.aitia.fact.LeadsTo;
import org.aitia.fact.Limits;
import org.aitia.fact.Meaning;
import org.aitia.fact.Reading;
import org.aitia.fact.Stated;
import org.aitia.fact.Support;
import org.aitia.fact.Symptom;
import org.aitia.fact.Verdict;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Difference;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.SymptomType;
import org.aitia.observation.Comparers;
import org.aitia.observation.Confidence;
import org.aitia.observation.Observation;
import org.aitia.run.Report;
import org.kie.api.runtime.ClassObjectFilter;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.ConsequenceException;

/** Draws the rules' conclusions from what was observed and answered. Safe for concurrent use. */
public final class Reasoner {
  /** Verdicts, the strongest first: of several that rules conclude, the first counts. */
  private static final List<String> VERDICTS = List.of("faulty", "undecided", "healthy");

  /** Far more than a run causes (hundreds); rules that call one another get there in seconds. */
  private static final int MOST_FIRINGS = 10_000;

  // The engine's memory has no order; the same run must always read the same.
  private static final Comparator<Symptom> BY_OBSERVATION =
      Comparator.comparingInt(Reasoner::position).thenComparing(Symptom::id);
  private static final Comparator<Support> BY_RULE =
      Comparator.comparing(Support::rule)
          .thenComparing(Support::cause)
          .thenComparing(
              s -> s.symptoms().stream().mapToInt(Reasoner::position).boxed().toList().toString())
          .thenComparing(s -> s.symptoms().stream().map(Symptom::id).toList().toString());

  private final Knowledge knowledge;
  private final RuleBook rules;
  private final List<Meaning> meanings;
  private final List<Reading> readings;
  private final List<Bearing> bearings;

  public Reasoner(Knowledge knowledge, RuleBook rules) {
    this.knowledge = knowledge;
    this.rules = rules;
    this.meanings = meanings(knowledge);
    this.readings = readings(knowledge);
    this.bearings = bearings(knowledge, meanings);
  }

  /** The rules and what they say of themselves. */
  public RuleBook rules() {
    return rules;
  }

  /**
   * Reasons about one run.
   *
   * @throws RuleException when a rule of the user's own fails or fires without end
   */
  public Conclusions conclude(List<Observation> observations, Report report) {
    KieSession session = rules.base().newKieSession();
    try {
      Conclusion conclusion = new Conclusion(knowledge, rules.entries());
      session.addEventListener(conclusion);
      session.setGlobal("conclusion", conclusion);
      types(observations, report).forEach(session::insert);
      knowledge.causes().values().forEach(session::insert);
      knowledge
          .causes()
          .values()
          .forEach(c -> c.leadsTo().forEach(e -> session.insert(new LeadsTo(c.id(), e))));
      session.insert(
          new Limits(
              knowledge.weights().limit("suspicion"),
              knowledge.weights().limit("plausible"),
              knowledge.weights().limit("sure"),
              knowledge.weights().limit("differences")));
      readings.forEach(session::insert);
      observations.forEach(session::insert);
      if (observations.stream().anyMatch(o -> o.subject().equals(Comparers.REFERENCE))) {
        bearings.forEach(session::insert);
      }
      report.symptoms().forEach(s -> session.insert(new Stated(s.id(), s.since())));
      report.answers().forEach((question, answer) -> answer(session, question, answer));
      fire(session, conclusion);

      List<Hypothesis> hypotheses =
          hypotheses(all(session, Support.class).stream().sorted(BY_RULE).toList());
      hypotheses.forEach(session::insert);
      fire(session, conclusion);

      List<Explained> explained =
          all(session, Explained.class).stream()
              .sorted(Comparator.comparing(Explained::root).thenComparing(Explained::effect))
              .toList();
      List<Hypothesis> ranked = new ArrayList<>();
      for (Hypothesis h : hypotheses) {
        boolean effect = explained.stream().anyMatch(e -> e.effect().equals(h.cause()));
        ranked.add(
            effect
                ? new Hypothesis(
                    h.cause(),
                    h.family(),
                    h.step(),
                    h.logit() - knowledge.weights().limit("explained"),
                    h.weighed())
                : h);
      }
      ranked.sort(
          Comparator.comparingDouble(Hypothesis::logit)
              .reversed()
              .thenComparing(Hypothesis::cause));
      Set<String> verdicts =
          all(session, Verdict.class).stream().map(Verdict::kind).collect(Collectors.toSet());
      String verdict = VERDICTS.stream().filter(verdicts::contains).findFirst().orElse("undecided");
      List<Symptom> symptoms =
          all(session, Symptom.class).stream().distinct().sorted(BY_OBSERVATION).toList();
      return new Conclusions(verdict, ranked, symptoms, observations, explained);
    } finally {
      session.dispose();
    }
  }

  private static void fire(KieSession session, Conclusion conclusion) {
    try {
      if (session.fireAllRules(MOST_FIRINGS) == MOST_FIRINGS) {
        throw new RuleException(conclusion.rule(), "fires without end", null);
      }
    } catch (ConsequenceException e) {
      throw new RuleException(e.getRule().getName(), "fails: " + e.getCause(), e);
    }
  }

  /**
   * The kinds of symptoms that this run can show: the others would only be carried through the
   * network.
   */
  private Stream<SymptomType> types(List<Observation> observations, Report report) {
    Set<String> measured =
        observations.stream().map(o -> o.measure().id()).collect(Collectors.toSet());
    Set<String> stated =
        report.symptoms().stream().map(Report.Stated::id).collect(Collectors.toSet());
    return knowledge.symptoms().values().stream()
        .filter(
            s ->
                stated.contains(s.id())
                    || (s.threshold() != null && measured.contains(s.threshold().measure())));
  }

  private void answer(KieSession session, String question, String value) {
    Question known = knowledge.questions().get(question);
    String band = known == null ? value : known.band(value);
    session.insert(new Answer(question, band));
    meanings.stream()
        .filter(m -> m.question().equals(question) && m.answer().equals(band))
        .forEach(session::insert);
  }

  private static List<Meaning> meanings(Knowledge knowledge) {
    List<Meaning> found = new ArrayList<>();
    for (Question question : knowledge.questions().values()) {
      question
          .answers()
          .forEach(
              (value, answer) -> {
                answer
                    .supports()
                    .forEach((c, l) -> found.add(new Meaning(question.id(), value, c, l, true)));
                answer
                    .opposes()
                    .forEach((c, l) -> found.add(new Meaning(question.id(), value, c, l, false)));
              });
    }
    return found;
  }

  private static List<Reading> readings(Knowledge knowledge) {
    List<Reading> found = new ArrayList<>();
    for (SymptomType type : knowledge.symptoms().values()) {
      if (type.sign() != null) {
        String id = type.id();
        type.sign().supports().forEach((c, l) -> found.add(new Reading(id, c, l, true)));
        type.sign().opposes().forEach((c, l) -> found.add(new Reading(id, c, l, false)));
      }
    }
    return found;
  }

  private static List<Bearing> bearings(Knowledge knowledge, List<Meaning> meanings) {
    List<Bearing> found = new ArrayList<>();
    for (SymptomType type : knowledge.symptoms().values()) {
      Difference d = type.difference();
      if (d == null) {
        continue;
      }
      String id = type.id();
      List<String> seen = d.seenAs();
      d.supports().forEach((c, l) -> found.add(new Bearing(id, d.of(), seen, null, c, l, true)));
      d.opposes().forEach((c, l) -> found.add(new Bearing(id, d.of(), seen, null, c, l, false)));
      for (Meaning m : meanings) {
        if (m.answer().equals(d.answers().get(m.question()))) {
          found.add(
              new Bearing(id, d.of(), seen, m.question(), m.cause(), m.level(), m.supports()));
        }
      }
    }
    return found;
  }

  /**
   * Log-odds of every cause: its prior, and of the rules that see the same thing the one that
   * weighs most.
   */
  private List<Hypothesis> hypotheses(List<Support> supports) {
    Map<String, List<Support>> byCause =
        supports.stream().collect(Collectors.groupingBy(Support::cause));
    List<Hypothesis> found = new ArrayList<>();
    for (Cause cause : knowledge.causes().values()) {
      double prior = knowledge.weights().priors().get(cause.prior());
      double logit = Math.log(prior / (1 - prior));
      Map<String, Hypothesis.Weighed> bySight = new TreeMap<>();
      for (Support s : byCause.getOrDefault(cause.id(), List.of())) {
        double weight =
            s.supports()
                ? knowledge.weights().supports().get(s.level())
                : -knowledge.weights().opposes().get(s.level());
        bySight.merge(
            (s.supports() ? "+" : "-") + s.sees(),
            new Hypothesis.Weighed(s, weight * trust(s)),
            (a, b) -> Math.abs(b.weight()) > Math.abs(a.weight()) ? b : a);
      }
      List<Hypothesis.Weighed> weighed = new ArrayList<>(bySight.values());
      weighed.sort(Comparator.comparingDouble((Hypothesis.Weighed w) -> -Math.abs(w.weight())));
      for (Hypothesis.Weighed w : weighed) {
        logit += w.weight();
      }
      found.add(new Hypothesis(cause.id(), cause.family(), cause.step(), logit, weighed));
    }
    found.sort(
        Comparator.comparingDouble(Hypothesis::logit).reversed().thenComparing(Hypothesis::cause));
    return found;
  }

  /** What a word is worth that rests on something assumed; 1 where everything was seen. */
  private double trust(Support support) {
    return support.symptoms().stream().anyMatch(s -> s.confidence() == Confidence.LIKELY)
        ? knowledge.weights().limit("likely")
        : 1;
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

  @SuppressWarnings("unchecked")
  private static <T> List<T> all(KieSession session, Class<T> type) {
    return (List<T>) new ArrayList<>(session.getObjects(new ClassObjectFilter(type)));
  }
}
