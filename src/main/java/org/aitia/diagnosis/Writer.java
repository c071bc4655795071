package org.aitia.diagnosis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Grounds;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Verdict;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Confidence;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Explained;
import org.aitia.reasoning.fact.Hypothesis;
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
  private final Checks checks;
  private final Causes causes;

  /**
   * A writer of one diagnosis.
   *
   * @param grounds what the run gives the checks to go by
   * @param known what the files answer themselves, by question
   * @param before what was concluded about the run before; null without one
   */
  public Writer(
      Knowledge knowledge,
      Language language,
      Run run,
      Report report,
      Conclusions conclusions,
      Grounds grounds,
      Map<String, Known> known,
      Companions companions,
      Before before) {
    this.knowledge = knowledge;
    this.language = language;
    this.run = run;
    this.report = report;
    this.conclusions = conclusions;
    this.evidence = grounds.evidence();
    this.known = known;
    this.companions = companions;
    this.before = before;
    this.phrases = new Phrases(knowledge, language, report, known);
    this.checks = new Checks(knowledge, language, grounds, phrases, conclusions.failures());
    this.causes = new Causes(knowledge, language, conclusions, phrases);
  }

  /** The diagnosis in words. */
  public Diagnosis write() {
    List<Hypothesis> listed = causes.listed();
    List<Diagnosis.Cause> found = listed.stream().map(causes::cause).toList();
    return new Diagnosis(
        run.source(),
        language.tag(),
        knowledge.version(),
        conclusions.verdict(),
        summary(found) + headlines(),
        found,
        causes.ruledOut(listed),
        checks.notMade(),
        checks.pointless(),
        new Provisions(knowledge, language, checks, evidence, listed).inOrder(),
        symptoms(),
        observations(),
        tree(),
        causes.actions(),
        questions(listed),
        run.files().stream()
            .map(
                f ->
                    new Diagnosis.File(
                        f.file(),
                        f.format(),
                        f.state().name().toLowerCase(java.util.Locale.ROOT),
                        f.message()))
            .toList(),
        Readout.of(run),
        Curves.of(run, conclusions),
        new References(knowledge, language, conclusions).write(companions.reference()),
        new AfterRepair(knowledge, language, conclusions, evidence).write(before),
        overruled(),
        conclusions.failures().stream().map(this::failed).toList(),
        new SectionWriter(knowledge, language, phrases, this::source).write(run, conclusions));
  }

  private List<Diagnosis.StepState> tree() {
    return knowledge.steps().values().stream()
        .map(
            s ->
                new Diagnosis.StepState(
                    s.id(), s.name().in(language), conclusions.steps().get(s.id())))
        .toList();
  }

  private Diagnosis.Failed failed(Failure failure) {
    return new Diagnosis.Failed(
        failure.part().id() + ":" + failure.name(), phrases.what(failure), failure.why());
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
        causes.cause(h),
        h.prior(),
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
              knowledge.term(either(first) ? "summary-either" : "summary-second", language),
              second.name(),
              Phrases.chance(second.probability()));
    }
    return text;
  }

  /** Whether a cause that is sure has to be confirmed all the same: another shows the same. */
  private boolean either(Diagnosis.Cause first) {
    return first.probability() >= knowledge.weights().limit("sure")
        && conclusions.toConfirm(first.id());
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

  private List<Diagnosis.Question> questions(List<Hypothesis> listed) {
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
                                listed.isEmpty()
                                    || listed.stream().anyMatch(h -> h.cause().equals(c)))
                        .toList(),
                    q.cost().id()))
        .toList();
  }

  /** Six significant digits: what the files hold, without the noise of arithmetic. */
  private static double round6(double value) {
    return new BigDecimal(Double.toString(value))
        .round(new MathContext(6, RoundingMode.HALF_UP))
        .doubleValue();
  }
}
