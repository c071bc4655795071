package org.aitia.diagnosis;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Difference;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.observation.Comparers;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.run.Run;

/** Tells what was concluded from holding the run against a reference. */
final class References {
  /** How the run stands to the reference: the first of these symptoms that was seen. */
  private static final List<String> STATES =
      List.of(
          "short-of-reference",
          "reference-short-too",
          "good-though-below-reference",
          "as-good-as-reference");

  private final Knowledge knowledge;
  private final Language language;
  private final Conclusions conclusions;
  private final Phrases phrases;

  References(Knowledge knowledge, Language language, Conclusions conclusions) {
    this.knowledge = knowledge;
    this.language = language;
    this.conclusions = conclusions;
    this.phrases = new Phrases(knowledge, language);
  }

  /** The comparison; null without a reference. */
  Diagnosis.Reference write(Run reference) {
    if (reference == null) {
      return null;
    }
    List<Symptom> seen =
        conclusions.symptoms().stream()
            .filter(s -> s.type().subject().equals(Comparers.REFERENCE))
            .toList();
    Set<String> ids = seen.stream().map(Symptom::id).collect(Collectors.toSet());
    String state = state(ids);
    boolean both = ids.contains(STATES.get(0)) && ids.contains(STATES.get(1));
    List<Symptom> differ = seen.stream().filter(References::differs).toList();
    String summary = knowledge.term("summary-" + state, language);
    if (both) {
      summary += knowledge.term("summary-both-short", language);
    }
    if (differ.isEmpty() && state.equals(STATES.get(0))) {
      summary += knowledge.term("summary-no-difference", language);
    }
    return new Diagnosis.Reference(
        reference.source(),
        state,
        summary,
        seen.stream().filter(s -> tells(s, ids)).map(this::finding).toList(),
        differ.stream().map(this::difference).toList(),
        seen.stream()
            .filter(s -> of(s) != null && !differs(s))
            .map(s -> s.type().difference().of())
            .distinct()
            .toList());
  }

  private String state(Set<String> ids) {
    String state = STATES.stream().filter(ids::contains).findFirst().orElse("reference-unknown");
    // No better than a faulty run: so the reference has the same fault, by whatever it shows here.
    boolean shared = conclusions.verdict() == Verdict.FAULTY && state.equals(STATES.get(3));
    return shared ? STATES.get(1) : state;
  }

  private static boolean differs(Symptom symptom) {
    Difference difference = symptom.type().difference();
    return difference != null && difference.differs();
  }

  private static String of(Symptom symptom) {
    return symptom.type().difference() == null ? null : symptom.type().difference().of();
  }

  /** Results and first steps, without what others say with more. */
  private static boolean tells(Symptom symptom, Set<String> ids) {
    return of(symptom) == null
        && symptom.type().telling().toldBy().stream().noneMatch(ids::contains);
  }

  private Diagnosis.Finding finding(Symptom symptom) {
    return new Diagnosis.Finding(symptom.id(), phrases.symptom(symptom), observations(symptom));
  }

  private Diagnosis.Difference difference(Symptom symptom) {
    Difference difference = symptom.type().difference();
    return new Diagnosis.Difference(
        symptom.id(),
        difference.of(),
        phrases.symptom(symptom),
        difference.effect().in(language),
        List.copyOf(difference.supports().keySet()),
        observations(symptom));
  }

  private static List<String> observations(Symptom symptom) {
    return symptom.observation() == null ? List.of() : List.of(symptom.observation().id());
  }
}
