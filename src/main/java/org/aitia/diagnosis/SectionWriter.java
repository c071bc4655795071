package org.aitia.diagnosis;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Sign;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.outlook.Checkpoint;
import org.aitia.observation.outlook.Speed;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.run.Run;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** Puts into words what an engineer wants of a run besides its faults. */
final class SectionWriter {
  /** Below these it is worth a word: a tenth of the time lost, a tenth of the memory gained. */
  private static final double WAITING = 0.1;

  private static final double SLOWED = 0.9;
  private static final double GROWN = 1.1;

  private final Knowledge knowledge;
  private final Language language;
  private final Phrases phrases;
  private final Function<Source, Diagnosis.Source> sources;

  SectionWriter(
      Knowledge knowledge,
      Language language,
      Phrases phrases,
      Function<Source, Diagnosis.Source> sources) {
    this.knowledge = knowledge;
    this.language = language;
    this.phrases = phrases;
    this.sources = sources;
  }

  Sections write(Run run, Conclusions conclusions) {
    LimitValues limits = new LimitValues(knowledge.limitValues());
    return new Sections(
        Checkpoint.of(run, limits).map(this::keep).orElse(null),
        Speed.of(run, limits).map(this::pace).orElse(null),
        crash(conclusions));
  }

  private String say(String term, Object... values) {
    return MessageFormat.format(knowledge.term(term, language), values);
  }

  private Sections.Keep keep(Checkpoint c) {
    String axis = c.axis().name().toLowerCase(Locale.ROOT);
    String id = c.keep().name().toLowerCase(Locale.ROOT);
    String metric = knowledge.term("curve-" + c.metric(), language);
    String text =
        say(
            Double.isFinite(c.last().value()) ? "keep-" + id : "keep-before",
            metric.startsWith("curve-") ? c.metric() : metric,
            value(c.best()),
            say("keep-at-" + axis, Phrases.number(c.best().step())),
            value(c.last()),
            Phrases.number(c.band()));
    return new Sections.Keep(
        c.metric(),
        Split.VALIDATION.id(),
        axis,
        c.evaluations(),
        at(c.best()),
        at(c.last()),
        finite(c.noise()),
        finite(c.band()),
        id,
        text);
  }

  private static String value(Checkpoint.Evaluation evaluation) {
    return Phrases.number(evaluation.value());
  }

  private static Sections.At at(Checkpoint.Evaluation evaluation) {
    return new Sections.At(evaluation.step(), evaluation.value());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private Sections.Pace pace(Speed speed) {
    List<String> texts = new ArrayList<>();
    boolean waits = speed.waiting() > WAITING;
    boolean slows = speed.slowed() < SLOWED;
    boolean grows = speed.grown() > GROWN;
    tell(texts, "speed-waiting", waits, speed.waiting(), 100 * speed.waiting());
    tell(texts, "speed-slowed", slows, speed.slowed(), 100 * (1 - speed.slowed()));
    tell(texts, "speed-grown", grows, speed.grown(), 100 * (speed.grown() - 1));
    return new Sections.Pace(
        finite(speed.waiting()),
        finite(speed.slowed()),
        finite(speed.grown()),
        waits || slows || grows ? "medium" : "none",
        texts,
        sources.apply(speed.source()));
  }

  private void tell(List<String> texts, String term, boolean bad, double known, double percent) {
    if (!Double.isNaN(known)) {
      texts.add(say(bad ? term : term + "-well", Phrases.number(Math.rint(percent))));
    }
  }

  /** The gravest symptom for which the knowledge base has repairs of the program, not the model. */
  private Sections.Crash crash(Conclusions conclusions) {
    return conclusions.symptoms().stream()
        .filter(s -> s.type().sign() != null && !s.type().sign().repairs().isEmpty())
        .min(Comparator.comparing((Symptom s) -> !s.type().telling().headline()))
        .map(this::crash)
        .orElse(null);
  }

  private Sections.Crash crash(Symptom symptom) {
    Sign sign = symptom.type().sign();
    return new Sections.Crash(
        symptom.id(),
        phrases.symptom(symptom),
        symptom.observation() == null ? null : symptom.observation().detail(),
        symptom.observation() == null ? null : sources.apply(symptom.observation().source()),
        sign.repairs().stream().map(t -> t.in(language)).toList());
  }
}
