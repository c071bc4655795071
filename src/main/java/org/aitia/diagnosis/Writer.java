package org.aitia.diagnosis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis.StepState.State;
import org.aitia.knowledge.Check;
import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Step;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Confidence;
import org.aitia.reasoning.fact.Explained;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.inference.Conclusions;
import org.aitia.run.Companions;
import org.aitia.run.Report;
import org.aitia.run.Run;

/** Puts conclusions into words: makes the diagnosis in one language. */
public final class Writer {
  private static final List<Severity> BY_SEVERITY =
      List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.NONE);

  private final Knowledge knowledge;
  private final Language language;
  private final Run run;
  private final Report report;
  private final Conclusions conclusions;
  private final Set<String> evidence;
  private final Map<String, Known> known;
  private final Companions companions;
  private final Before before;
  private final Phrases phrases;
  private final Map<String, Failure> overlooked;

  /** What each check lacks, by its id: asked for again and again. */
  private final Map<String, List<String>> missing = new HashMap<>();

  /**
   * A writer of one diagnosis.
   *
   * @param evidence kinds of evidence that the run holds, in the words of {@code checks.yaml}
   * @param known what the files answer themselves, by question
   * @param before what was concluded about the run before; null without one
   */
  public Writer(
      Knowledge knowledge,
      Language language,
      Run run,
      Report report,
      Conclusions conclusions,
      Set<String> evidence,
      Map<String, Known> known,
      Companions companions,
      Before before) {
    this.knowledge = knowledge;
    this.language = language;
    this.run = run;
    this.report = report;
    this.conclusions = conclusions;
    this.evidence = evidence;
    this.known = known;
    this.companions = companions;
    this.before = before;
    this.phrases = new Phrases(knowledge, language, report, known);
    this.overlooked = Overlooked.by(conclusions.failures());
  }

  /** The diagnosis in words. */
  public Diagnosis write() {
    List<Hypothesis> shown = shown();
    List<Diagnosis.Cause> causes = shown.stream().map(this::cause).toList();
    return new Diagnosis(
        run.source(),
        language.tag(),
        knowledge.version(),
        conclusions.verdict(),
        summary(causes) + headlines(),
        causes,
        ruledOut(shown),
        notChecked(),
        symptoms(),
        observations(),
        tree(shown),
        actions(shown),
        questions(shown),
        run.files().stream()
            .map(
                f ->
                    new Diagnosis.File(
                        f.file(),
                        f.format(),
                        f.state().name().toLowerCase(java.util.Locale.ROOT),
                        f.message()))
            .toList(),
        Curves.of(run, conclusions),
        new References(knowledge, language, conclusions).write(companions.reference()),
        new AfterRepair(knowledge, language, conclusions, evidence).write(before),
        overruled(),
        conclusions.failures().stream().map(this::failed).toList());
  }

  private Diagnosis.Failed failed(Failure failure) {
    return new Diagnosis.Failed(
        failure.part().id() + ":" + failure.name(), what(failure), failure.why());
  }

  private String what(Failure failure) {
    return MessageFormat.format(
        knowledge.term("failed-" + failure.part().id(), language), failure.name(), failure.about());
  }

  /** How the probability of a cause came about. */
  public Account account(String cause) {
    Hypothesis h =
        conclusions.hypotheses().stream()
            .filter(x -> x.cause().equals(cause))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no cause named " + cause));
    List<String> roots =
        conclusions.explained().stream()
            .filter(e -> e.effect().equals(cause))
            .map(Explained::root)
            .distinct()
            .toList();
    return new Account(
        cause(h),
        knowledge.weights().priors().get(knowledge.cause(cause).prior()),
        roots,
        roots.isEmpty() ? 0 : knowledge.weights().limit("explained"));
  }

  private List<Diagnosis.Overruled> overruled() {
    return known.values().stream()
        .filter(k -> overrules(k.question()))
        .map(
            k ->
                new Diagnosis.Overruled(
                    k.question(),
                    report.answers().get(k.question()),
                    k.value(),
                    source(k.source())))
        .toList();
  }

  /** A question put off is no word against what the files say. */
  private boolean overrules(String question) {
    String answer = report.answers().get(question);
    return answer != null && !answer.equals(Question.SKIP);
  }

  private Diagnosis.Source source(org.aitia.run.value.Source source) {
    if (source == null) {
      return null;
    }
    Known overruled = source.file().equals(Known.ANSWERS) ? known.get(source.tag()) : null;
    return new Diagnosis.Source(
        source.file(),
        source.tag(),
        overruled == null || overruled.source() == null ? null : overruled.source().toString());
  }

  /** The causes worth listing. */
  private List<Hypothesis> shown() {
    return conclusions.listed(knowledge.weights().limit("listed"));
  }

  private Diagnosis.Cause cause(Hypothesis h) {
    org.aitia.knowledge.Cause known = knowledge.cause(h.cause());
    return new Diagnosis.Cause(
        h.cause(),
        known.page(language).name(),
        h.family(),
        round(h.probability(), 3),
        h.step(),
        known.page(language).summary(),
        chain(h),
        evidence(h, w -> w.weight() > 0),
        evidence(h, w -> w.weight() < 0));
  }

  private List<Diagnosis.Evidence> evidence(Hypothesis h, Predicate<Hypothesis.Weighed> side) {
    List<Diagnosis.Evidence> found = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (Hypothesis.Weighed w : h.weighed()) {
      if (side.test(w)) {
        Claim c = w.claim();
        String text = phrases.claim(c, said);
        said.addAll(phrases.texts(c));
        found.add(
            new Diagnosis.Evidence(
                c.rule(),
                text,
                round(Math.abs(w.weight()), 2),
                c.because(org.aitia.reasoning.fact.Symptom.class).stream()
                    .filter(x -> x.observation() != null)
                    .map(x -> x.observation().id())
                    .distinct()
                    .toList()));
      }
    }
    return found;
  }

  /** From the root over the mechanisms it explains to what came of it. */
  private List<String> chain(Hypothesis h) {
    List<String> chain = new ArrayList<>();
    String at = h.cause();
    while (at != null && !chain.contains(at)) {
      chain.add(at);
      String from = at;
      at =
          conclusions.explained().stream()
              .filter(e -> e.root().equals(from))
              .map(Explained::effect)
              .findFirst()
              .orElse(null);
    }
    conclusions.symptoms().stream()
        .map(org.aitia.reasoning.fact.Symptom::type)
        .filter(t -> t.severity() != Severity.NONE && t.telling().outcome() != null)
        .min(Comparator.comparing(t -> t.telling().outcome()))
        .map(org.aitia.knowledge.SymptomType::id)
        .ifPresent(chain::add);
    return chain;
  }

  private String summary(List<Diagnosis.Cause> causes) {
    Verdict verdict = conclusions.verdict();
    if (verdict == Verdict.HEALTHY) {
      return knowledge.term("summary-healthy", language);
    }
    if (causes.isEmpty()) {
      return knowledge.term("summary-" + verdict.id() + "-no-cause", language);
    }
    Diagnosis.Cause first = causes.get(0);
    String key = "summary-" + verdict.id() + standing(first.probability());
    String text =
        MessageFormat.format(
            knowledge.term(key, language), first.name(), Phrases.chance(first.probability()));
    if (causes.size() > 1
        && causes.get(1).probability() >= knowledge.weights().limit("suspicion")) {
      Diagnosis.Cause second = causes.get(1);
      text +=
          MessageFormat.format(
              knowledge.term("summary-second", language),
              second.name(),
              Phrases.chance(second.probability()));
    }
    return text;
  }

  /** A cause that is hardly likely is no suspect, whoever comes first. */
  private String standing(double probability) {
    if (probability < knowledge.weights().limit("lead")) {
      return "-none-stands-out";
    }
    return probability < knowledge.weights().limit("plausible") ? "-faint" : "";
  }

  /** What the first lines must not leave out, such as that the run was ended before its time. */
  private String headlines() {
    return conclusions.symptoms().stream()
        .filter(s -> s.type().telling().headline())
        .map(phrases::symptom)
        .distinct()
        .map(text -> MessageFormat.format(knowledge.term("summary-headline", language), text))
        .collect(Collectors.joining());
  }

  private List<Diagnosis.RuledOut> ruledOut(List<Hypothesis> shown) {
    List<Diagnosis.RuledOut> found = new ArrayList<>();
    for (Hypothesis h : conclusions.hypotheses()) {
      if (!shown.contains(h)) {
        h.weighed().stream()
            .filter(w -> w.weight() <= -knowledge.weights().limit("ruled-out"))
            .findFirst()
            .ifPresent(
                w ->
                    found.add(
                        new Diagnosis.RuledOut(
                            h.cause(),
                            knowledge.cause(h.cause()).page(language).name(),
                            phrases.claim(w.claim()))));
      }
    }
    return found;
  }

  private List<Diagnosis.NotChecked> notChecked() {
    List<Diagnosis.NotChecked> found = new ArrayList<>();
    for (Check check : knowledge.checks().values()) {
      List<String> missing = missing(check);
      if (!missing.isEmpty()) {
        found.add(
            new Diagnosis.NotChecked(
                check.id(),
                check.text().in(language),
                String.join(
                    knowledge.term("comma", language),
                    missing.stream().map(this::wanting).distinct().toList()),
                overlooked.keySet().containsAll(missing)
                    ? knowledge.term("failed-how", language)
                    : check.how().in(language)));
      }
    }
    return found;
  }

  /** What a check lacks: evidence, or the part of the program that should have looked at it. */
  private String wanting(String kind) {
    Failure failure = overlooked.get(kind);
    return failure == null
        ? knowledge.term("evidence-" + kind, language)
        : MessageFormat.format(
            knowledge.term("failed-because", language), what(failure), failure.why());
  }

  private List<String> missing(Check check) {
    return missing.computeIfAbsent(check.id(), id -> lacking(check));
  }

  private List<String> lacking(Check check) {
    boolean answered =
        check.questions().stream()
            .map(report.answers()::get)
            .anyMatch(a -> a != null && !Question.SAYS_NOTHING.contains(a));
    boolean otherwise = !check.instead().isEmpty() && evidence.containsAll(check.instead());
    if (answered || otherwise) {
      return List.of();
    }
    return check.needs().stream()
        .filter(n -> n.equals("answers") || !evidence.contains(n))
        .toList();
  }

  private List<Diagnosis.Symptom> symptoms() {
    return conclusions.symptoms().stream()
        .filter(s -> s.type().severity() != Severity.NONE)
        .sorted(
            (a, b) ->
                BY_SEVERITY.indexOf(a.type().severity()) - BY_SEVERITY.indexOf(b.type().severity()))
        .map(
            s ->
                new Diagnosis.Symptom(
                    s.id(),
                    s.severity(),
                    phrases.symptom(s),
                    s.observation() == null ? List.of() : List.of(s.observation().id()),
                    id(s.confidence())))
        .distinct()
        .toList();
  }

  private List<Diagnosis.Observation> observations() {
    return conclusions.observations().stream()
        .map(
            o ->
                new Diagnosis.Observation(
                    o.id(),
                    o.subject(),
                    o.measure().id(),
                    Double.isFinite(o.value())
                        ? (Object) round6(o.value())
                        : String.valueOf(o.value()),
                    o.measure().unit(),
                    o.detail(),
                    new Diagnosis.Place(
                        o.place().split() == null ? null : o.place().split().id(),
                        o.place().step(),
                        o.place().layer()),
                    source(o.source()),
                    id(o.confidence())))
        .toList();
  }

  private static String id(Confidence confidence) {
    return confidence == null ? null : confidence.id();
  }

  private List<Diagnosis.StepState> tree(List<Hypothesis> shown) {
    double suspicion = knowledge.weights().limit("plausible");
    Set<String> suspects = new LinkedHashSet<>();
    shown.stream().filter(h -> h.probability() >= suspicion).forEach(h -> suspects.add(h.step()));
    boolean wrong = conclusions.verdict() == Verdict.FAULTY;
    List<Diagnosis.StepState> found = new ArrayList<>();
    for (Step step : knowledge.steps().values()) {
      found.add(
          new Diagnosis.StepState(
              step.id(), step.name().in(language), seen(step, state(step, suspects, wrong))));
    }
    return found;
  }

  /** A step is not clear where what it looks for was seen, whichever step its cause belongs to. */
  private State seen(Step step, State state) {
    boolean found =
        conclusions.verdict() != Verdict.HEALTHY
            && conclusions.symptoms().stream()
                .map(s -> s.type().telling().step())
                .filter(Objects::nonNull)
                .anyMatch(
                    s ->
                        s.equals(step.id()) || step.id().equals(knowledge.steps().get(s).parent()));
    return state == State.CLEAR && found ? State.SUSPECT : state;
  }

  private boolean suspect(String step, Set<String> suspects) {
    return suspects.contains(step)
        || knowledge.steps().values().stream()
            .anyMatch(s -> step.equals(s.parent()) && suspects.contains(s.id()));
  }

  /** Whether a step that has to be clear first is suspect, directly or further up. */
  private boolean waits(Step step, Set<String> suspects) {
    return step.waitsFor().stream()
        .anyMatch(id -> suspect(id, suspects) || waits(knowledge.steps().get(id), suspects));
  }

  private State state(Step step, Set<String> suspects, boolean wrong) {
    if (suspect(step.id(), suspects)) {
      return State.SUSPECT;
    }
    if (waits(step, suspects)) {
      return State.WAITING;
    }
    if (step.id().equals("repeat")) {
      return wrong ? State.WAITING : State.NOT_APPLICABLE;
    }
    List<Check> checks =
        knowledge.checks().values().stream().filter(c -> c.step().equals(step.id())).toList();
    if (!step.id().startsWith("prepare")
        && !checks.isEmpty()
        && checks.stream().allMatch(c -> missing(c).isEmpty())) {
      return State.CLEAR;
    }
    // A step whose file checks were all made is clear as far as files can tell; only answers are
    // wanting.
    boolean byFiles = checks.stream().anyMatch(c -> !c.needs().contains("answers"));
    boolean made =
        checks.stream()
            .filter(c -> !c.needs().contains("answers"))
            .allMatch(c -> missing(c).isEmpty());
    // A word about a tenth of a step's checks would pass for a clean bill of the whole step.
    long done = checks.stream().filter(c -> missing(c).isEmpty()).count();
    return byFiles && made && 2 * done >= checks.size() ? State.CLEAR : State.OPEN;
  }

  private List<Diagnosis.Action> actions(List<Hypothesis> shown) {
    List<Diagnosis.Action> found = new ArrayList<>();
    double sure = knowledge.weights().limit("sure");
    double plausible = knowledge.weights().limit("plausible");
    List<String> order = List.copyOf(knowledge.steps().keySet());
    List<Hypothesis> worth =
        new ArrayList<>(shown.stream().filter(h -> h.probability() >= plausible).toList());
    if (worth.isEmpty()) {
      worth.addAll(shown.subList(0, Math.min(3, shown.size())));
    }
    if (worth.stream().noneMatch(h -> h.probability() >= sure)) {
      worth.sort((a, b) -> order.indexOf(a.step()) - order.indexOf(b.step()));
    }
    for (Hypothesis h : worth) {
      org.aitia.knowledge.Cause c = knowledge.cause(h.cause());
      if (h.probability() < sure) {
        found.add(
            new Diagnosis.Action(
                "confirm-" + c.id(),
                c.step(),
                c.id(),
                c.page(language).confirm(),
                c.confirmCost().id()));
      }
      if (h.probability() >= plausible) {
        found.add(
            new Diagnosis.Action(
                "repair-" + c.id(),
                c.step(),
                c.id(),
                c.page(language).repair(),
                c.repairCost().id()));
      }
    }
    return found;
  }

  private List<Diagnosis.Question> questions(List<Hypothesis> shown) {
    Questions choice = new Questions(knowledge, conclusions);
    Map<String, String> settled = Known.settled(known, report.answers());
    return Questions.forReport(knowledge, conclusions, settled, evidence).stream()
        .map(
            q ->
                new Diagnosis.Question(
                    q.id(),
                    q.text().in(language),
                    q.why().in(language),
                    q.how().in(language),
                    q.kind().id(),
                    choice.separates(q).stream()
                        .filter(
                            c ->
                                shown.isEmpty()
                                    || shown.stream().anyMatch(h -> h.cause().equals(c)))
                        .toList(),
                    q.cost().id()))
        .toList();
  }

  private static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }

  /** Six significant digits: what the files hold, without the noise of arithmetic. */
  private static double round6(double value) {
    return new BigDecimal(Double.toString(value))
        .round(new MathContext(6, RoundingMode.HALF_UP))
        .doubleValue();
  }
}
