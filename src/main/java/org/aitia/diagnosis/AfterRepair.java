package org.aitia.diagnosis;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Verdict;
import org.aitia.observation.Comparers;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.reasoning.fact.Symptom;

/** Tells what a repair changed: what is fixed, what remains, what is new. */
final class AfterRepair {
  private final Knowledge knowledge;
  private final Language language;
  private final Conclusions now;
  private final Set<String> evidence;
  private final Phrases phrases;
  private final Phrases against;

  /**
   * For one diagnosis.
   *
   * @param evidence kinds of evidence that the run holds now
   */
  AfterRepair(Knowledge knowledge, Language language, Conclusions now, Set<String> evidence) {
    this.knowledge = knowledge;
    this.language = language;
    this.now = now;
    this.evidence = evidence;
    this.phrases = new Phrases(knowledge, language);
    this.against = new Phrases(knowledge, language, "other-previous");
  }

  /** What became of the symptoms and causes of the run before; null when there is none. */
  Diagnosis.Previous write(Before before) {
    if (before == null) {
      return null;
    }
    Diagnosis.Outcome symptoms = symptoms(before);
    Diagnosis.Outcome causes = causes(before);
    List<Diagnosis.Change> changes = changes(before.changes());
    List<Diagnosis.Hidden> hidden = new ArrayList<>();
    for (Diagnosis.Item cause : causes.fresh()) {
      causes.fixed().forEach(f -> hidden.add(new Diagnosis.Hidden(cause.id(), f.id())));
    }
    return new Diagnosis.Previous(
        before.run().source(),
        before.conclusions().verdict(),
        summary(before, symptoms, causes, changes),
        changes,
        symptoms,
        causes,
        hidden);
  }

  private Diagnosis.Outcome symptoms(Before before) {
    Map<String, Symptom> was = told(before.conclusions());
    Map<String, Symptom> is = told(now);
    Set<String> measured =
        now.observations().stream().map(o -> o.measure().id()).collect(Collectors.toSet());
    List<Diagnosis.Item> fixed = new ArrayList<>();
    List<Diagnosis.Item> unclear = new ArrayList<>();
    was.forEach(
        (key, symptom) -> {
          if (!is.containsKey(key)) {
            boolean seen = evidence.containsAll(before.evidence()) || measured(symptom, measured);
            (seen ? fixed : unclear).add(item(symptom));
          }
        });
    return new Diagnosis.Outcome(
        fixed,
        is.entrySet().stream()
            .filter(e -> was.containsKey(e.getKey()))
            .map(e -> item(e.getValue()))
            .toList(),
        is.entrySet().stream()
            .filter(e -> !was.containsKey(e.getKey()))
            .map(e -> item(e.getValue()))
            .toList(),
        unclear);
  }

  private static boolean measured(Symptom symptom, Set<String> measured) {
    return symptom.observation() != null && measured.contains(symptom.observation().measure().id());
  }

  /** What is abnormal in itself, by id and split; comparisons with other runs are no symptoms. */
  private Map<String, Symptom> told(Conclusions conclusions) {
    Set<String> ids = conclusions.symptoms().stream().map(Symptom::id).collect(Collectors.toSet());
    Map<String, Symptom> found = new LinkedHashMap<>();
    conclusions.symptoms().stream()
        .filter(s -> s.type().severity() != Severity.NONE && !s.type().telling().background())
        .filter(s -> !s.type().subject().equals(Comparers.REFERENCE))
        .filter(s -> s.type().telling().toldBy().stream().noneMatch(ids::contains))
        .forEach(s -> found.putIfAbsent(s.id() + " " + s.split(), s));
    return found;
  }

  private Diagnosis.Item item(Symptom symptom) {
    return new Diagnosis.Item(symptom.id(), phrases.symptom(symptom), null, null);
  }

  private Diagnosis.Outcome causes(Before before) {
    Map<String, Hypothesis> was = suspects(before.conclusions());
    Map<String, Hypothesis> is = suspects(now);
    Map<String, Hypothesis> all = byCause(now);
    boolean same = evidence.containsAll(before.evidence());
    List<Diagnosis.Item> fixed = new ArrayList<>();
    List<Diagnosis.Item> unclear = new ArrayList<>();
    was.forEach(
        (id, h) -> {
          if (!is.containsKey(id)) {
            boolean cleared = same || now.verdict() == Verdict.HEALTHY;
            (cleared ? fixed : unclear).add(item(h, all.get(id)));
          }
        });
    Map<String, Hypothesis> earlier = byCause(before.conclusions());
    return new Diagnosis.Outcome(
        fixed,
        is.values().stream()
            .filter(h -> was.containsKey(h.cause()))
            .map(h -> item(earlier.get(h.cause()), h))
            .toList(),
        is.values().stream()
            .filter(h -> !was.containsKey(h.cause()))
            .map(h -> item(earlier.get(h.cause()), h))
            .toList(),
        unclear);
  }

  /** The causes that a reader was or is told to act on. */
  private Map<String, Hypothesis> suspects(Conclusions conclusions) {
    double plausible = knowledge.weights().limit("plausible");
    Map<String, Hypothesis> found = byCause(conclusions);
    found
        .values()
        .removeIf(
            h ->
                conclusions.verdict() == Verdict.HEALTHY
                    || !h.supported()
                    || h.probability() < plausible);
    return found;
  }

  private static Map<String, Hypothesis> byCause(Conclusions conclusions) {
    Map<String, Hypothesis> found = new LinkedHashMap<>();
    conclusions.hypotheses().forEach(h -> found.put(h.cause(), h));
    return found;
  }

  private Diagnosis.Item item(Hypothesis was, Hypothesis is) {
    String id = was == null ? is.cause() : was.cause();
    return new Diagnosis.Item(
        id, knowledge.cause(id).page(language).name(), probability(was), probability(is));
  }

  private static Double probability(Hypothesis h) {
    return h == null ? null : Math.round(1000 * h.probability()) / 1000.0;
  }

  private List<Diagnosis.Change> changes(List<Observation> observations) {
    List<Diagnosis.Change> found = new ArrayList<>();
    for (Observation o : observations) {
      knowledge.symptoms().values().stream()
          .filter(t -> t.difference() != null && t.difference().differs())
          .filter(t -> t.threshold() != null && t.threshold().measure().equals(o.measure().id()))
          .filter(t -> t.threshold().exceededBy(o.value()))
          .forEach(
              t ->
                  found.add(
                      new Diagnosis.Change(
                          t.difference().of(),
                          against.symptom(new Symptom(t, o)),
                          t.difference().effect().in(language))));
    }
    return found;
  }

  private String summary(
      Before before,
      Diagnosis.Outcome symptoms,
      Diagnosis.Outcome causes,
      List<Diagnosis.Change> changes) {
    boolean better = !symptoms.fixed().isEmpty() || !causes.fixed().isEmpty();
    boolean left = !symptoms.remaining().isEmpty() || !causes.remaining().isEmpty();
    boolean fresh = !symptoms.fresh().isEmpty() || !causes.fresh().isEmpty();
    boolean well = now.verdict() == Verdict.HEALTHY;
    String state =
        well
            ? before.conclusions().verdict() == Verdict.HEALTHY ? "still-well" : "well"
            : better ? (left || fresh ? "partly" : "unclear") : fresh ? "worse" : "unchanged";
    String text = knowledge.term("summary-previous-" + state, language);
    if (!causes.fixed().isEmpty() && !causes.fresh().isEmpty()) {
      text +=
          MessageFormat.format(
              knowledge.term("summary-previous-hidden", language),
              names(causes.fresh()),
              names(causes.fixed()));
    }
    return changes.isEmpty() ? text + knowledge.term("summary-previous-no-change", language) : text;
  }

  private String names(List<Diagnosis.Item> items) {
    return items.stream()
        .map(Diagnosis.Item::text)
        .collect(Collectors.joining(knowledge.term("comma", language)));
  }
}
