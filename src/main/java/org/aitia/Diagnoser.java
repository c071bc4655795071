package org.aitia;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.aitia.diagnosis.Account;
import org.aitia.diagnosis.Before;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Known;
import org.aitia.diagnosis.Observed;
import org.aitia.diagnosis.Overlooked;
import org.aitia.diagnosis.Writer;
import org.aitia.evidence.Kinds;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.limit.Failure;
import org.aitia.limit.Failure.Part;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observers;
import org.aitia.observation.Recalled;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Looked;
import org.aitia.reasoning.inference.OwnKnowledge;
import org.aitia.reasoning.inference.Reasoner;
import org.aitia.reasoning.inference.Signs;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.run.Companions;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.script.WrittenSettings;

/** The whole way from a run to its diagnosis. Safe for concurrent use. */
public final class Diagnoser {
  private final Knowledge knowledge;
  private final Reasoner reasoner;
  private final Vocabulary vocabulary;
  private final List<Observer> observers;

  Diagnoser(Knowledge knowledge, RuleBook rules, Vocabulary vocabulary, List<Observer> observers) {
    this.knowledge = knowledge;
    this.vocabulary = vocabulary;
    this.reasoner = new Reasoner(knowledge, rules);
    this.observers = observers;
  }

  /** A diagnoser with the knowledge and the rules that the program brings along. */
  public static Diagnoser builtIn() {
    return new Diagnoser(
        KnowledgeReader.compiled(), RuleBook.builtIn(), Vocabulary.base(), Observers.all());
  }

  /**
   * A diagnoser with the user's own rules and thresholds added.
   *
   * @param rules folder of own rules, and of own names for the readers; null for none
   * @param thresholds file of own limits; null for none
   * @throws KnowledgeException naming file and line of every problem
   */
  public static Diagnoser with(Path rules, Path thresholds) {
    if (rules == null && thresholds == null) {
      return builtIn();
    }
    OwnKnowledge own = OwnKnowledge.load(rules, thresholds);
    return new Diagnoser(own.knowledge(), own.rules(), names(rules), Observers.all());
  }

  private static Vocabulary names(Path rules) {
    try {
      return Vocabulary.of(rules);
    } catch (IOException e) {
      throw new KnowledgeException(List.of(e.getMessage()), e);
    }
  }

  /** What the names in files stand for: runs to be diagnosed are read in it. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Knowledge knowledge() {
    return knowledge;
  }

  public RuleBook rules() {
    return reasoner.rules();
  }

  /** Diagnoses a run. */
  public Diagnosis diagnose(Run run, Language language) {
    return examine(run).diagnose(language);
  }

  /** Measures a run once, so that it can be diagnosed again and again as answers come in. */
  public Examination examine(Run run) {
    return examine(run, Companions.NONE);
  }

  /** Measures a run, and holds it against a reference and the run before the last repair. */
  public Examination examine(Run run, Companions companions) {
    List<Failure> failures = new ArrayList<>(run.failures());
    Run whole = settled(run, failures);
    Companions others =
        new Companions(
            settled(companions.reference(), failures), settled(companions.previous(), failures));
    return new Examination(whole, others, failures);
  }

  /** A run with the settings that its scripts write out. */
  private static Run settled(Run run, List<Failure> failures) {
    Run[] whole = {run};
    Failure.in(Part.CHECK, "script-settings", () -> whole[0] = WrittenSettings.added(run))
        .ifPresent(failures::add);
    return whole[0];
  }

  /** A run with everything that was measured of it. */
  public final class Examination {
    private final Run run;
    private final Companions companions;
    private final List<Failure> reading;
    private final Measured measured;
    private final Set<String> evidence;
    private final Going going;
    private final Before before;
    private final Map<String, Known> known;

    /** What was observed with the settings stated last: most answers state none. */
    private volatile Restated restated;

    private Examination(Run run, Companions companions, List<Failure> failures) {
      this.run = run;
      this.companions = companions;
      this.before = companions.previous() == null ? null : before(companions.previous(), failures);
      this.reading = List.copyOf(failures);
      this.measured = measure(run);
      this.evidence = Kinds.of(run, companions);
      this.evidence.removeAll(Overlooked.by(measured.failures()).keySet());
      this.going = Going.of(run, evidence);
      this.known = Known.of(knowledge, run, measured.observations());
    }

    private Measured measure(Run looked) {
      if (looked.measurements().isPresent()) {
        return new Measured(Recalled.of(looked.measurements().get()), List.copyOf(reading));
      }
      Notebook notes = Observers.measure(observers, looked, companions, knowledge.limitValues());
      List<Observation> found = new ArrayList<>(notes.observations());
      List<Failure> failures = new ArrayList<>(reading);
      notes.attempt(
          Part.OBSERVER,
          "environment",
          () -> found.addAll(Signs.in(looked.environment(), knowledge, found.size())));
      failures.addAll(notes.failures());
      return new Measured(List.copyOf(found), List.copyOf(failures));
    }

    /** The run before is judged like this one, against the same reference. */
    private Before before(Run previous, List<Failure> failures) {
      // Answers are judged with it, and are no evidence that the next run would have to hold again.
      Run files = previous.answered(Map.of());
      Examination then = examine(files, new Companions(companions.reference(), null));
      Notebook changes = Comparers.differences(run, previous, knowledge.limitValues());
      failures.addAll(changes.failures());
      return new Before(
          files, then.conclude(previous.report().answers()), then.evidence, changes.observations());
    }

    public Run run() {
      return run;
    }

    /** The runs that this one is held against. */
    public Companions companions() {
      return companions;
    }

    /** What was measured, before anything is judged. */
    public Observed observed() {
      return Observed.of(run, measured.observations(), evidence);
    }

    /** The parts that failed while the run was read and measured. */
    public List<Failure> failures() {
      return measured.failures();
    }

    /** Kinds of evidence that the run holds, in the words of {@code checks.yaml}. */
    public Set<String> evidence() {
      return evidence;
    }

    /** What the files answer themselves, by question; an answer to one of these overrules them. */
    public Map<String, Known> known() {
      return known;
    }

    /** Tells runs apart by what was measured of them: equal for equal evidence, in hexadecimal. */
    public String fingerprint() {
      CRC32C sum = new CRC32C();
      measured
          .observations()
          .forEach(
              o ->
                  sum.update(
                      (o.measure().id() + o.value() + o.detail() + o.place() + o.source())
                          .getBytes(StandardCharsets.UTF_8)));
      return Long.toHexString(sum.getValue());
    }

    /**
     * The conclusions from the evidence and the symptoms that were reported with it.
     *
     * @param answers all that stand; those of the report are among them unless withdrawn
     */
    public Conclusions conclude(Map<String, String> answers) {
      Report report = run.report().with(answers);
      Amended amended = Amended.by(report.answers(), knowledge.questions(), known);
      Measured looked = measured(amended.settings());
      List<Observation> counting = amended.counting(looked.observations());
      return reasoner
          .conclude(
              counting,
              new Report(
                  report.symptoms(),
                  Amended.speaking(report.answers(), knowledge.questions(), counting),
                  report.notes()),
              Looked.at(knowledge, going.by(report.answers())))
          .without(looked.failures());
    }

    private Measured measured(Map<Setting, Config.Entry> settings) {
      if (settings.isEmpty()) {
        return measured;
      }
      Restated last = restated;
      if (last == null || !last.settings().equals(settings)) {
        last = new Restated(settings, measure(run.with(settings)));
        restated = last;
      }
      return last.measured();
    }

    /** The diagnosis from the evidence and the report that came with it. */
    public Diagnosis diagnose(Language language) {
      Map<String, String> answers = run.report().answers();
      return write(conclude(answers), answers, language);
    }

    /** How the probability of a cause came about; of any cause, likely or not. */
    public Account account(
        Conclusions conclusions, Map<String, String> answers, String cause, Language language) {
      return writer(conclusions, answers, language).account(cause);
    }

    /**
     * Puts conclusions into words.
     *
     * @param answers that the conclusions rest on
     */
    public Diagnosis write(
        Conclusions conclusions, Map<String, String> answers, Language language) {
      return writer(conclusions, answers, language).write();
    }

    private Writer writer(Conclusions conclusions, Map<String, String> answers, Language language) {
      return new Writer(
          knowledge,
          language,
          run,
          run.report().with(answers),
          conclusions,
          going.by(answers),
          known,
          companions,
          before);
    }

    private record Restated(Map<Setting, Config.Entry> settings, Measured measured) {}
  }

  /** What was measured of a run, and the parts that failed on the way. */
  private record Measured(List<Observation> observations, List<Failure> failures) {}
}
