package org.aitia.knowledge;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The whole knowledge base: the single source of every id and every text. Maps keep the order of
 * the files.
 *
 * @param version of the knowledge, as stated in diagnoses
 * @param provisions what a user can add to what was read
 * @param counts how often its rules were right on labelled runs
 * @param limits of observers, by id
 */
public record Knowledge(
    String version,
    Map<String, Cause> causes,
    Map<String, Step> steps,
    Map<String, SymptomType> symptoms,
    Map<String, Check> checks,
    Map<String, Question> questions,
    Map<String, Text> terms,
    Map<String, Provision> provisions,
    Weights weights,
    Counts counts,
    Map<String, ObserverLimit> limits) {
  public Knowledge {
    provisions = provisions == null ? Map.of() : provisions;
    counts = counts == null ? Counts.NONE : counts;
    limits = limits == null ? Map.of() : limits;
  }

  /** The same under another version. */
  public Knowledge named(String other) {
    return changed(other, symptoms, questions, weights, counts, limits);
  }

  /** The same with other symptoms. */
  public Knowledge with(Map<String, SymptomType> others) {
    return changed(version, others, questions, weights, counts, limits);
  }

  /** The same with other questions. */
  public Knowledge asking(Map<String, Question> others) {
    return changed(version, symptoms, others, weights, counts, limits);
  }

  /** The same with other limits of observers. */
  public Knowledge limited(Map<String, ObserverLimit> others) {
    return changed(version, symptoms, questions, weights, counts, others);
  }

  /** The same with other weights. */
  public Knowledge weighed(Weights others) {
    return changed(version, symptoms, questions, others, counts, limits);
  }

  /** The same with other counts of its rules. */
  public Knowledge counted(Counts others) {
    return changed(version, symptoms, questions, weights, others, limits);
  }

  private Knowledge changed(
      String version,
      Map<String, SymptomType> symptoms,
      Map<String, Question> questions,
      Weights weights,
      Counts counts,
      Map<String, ObserverLimit> limits) {
    return new Knowledge(
        version,
        causes,
        steps,
        symptoms,
        checks,
        questions,
        terms,
        provisions,
        weights,
        counts,
        limits);
  }

  /** The values of the limits of observers, by id. */
  public Map<String, Double> limitValues() {
    return limits.values().stream()
        .collect(Collectors.toUnmodifiableMap(ObserverLimit::id, ObserverLimit::value));
  }

  public Cause cause(String id) {
    return Optional.ofNullable(causes.get(id))
        .orElseThrow(() -> new IllegalArgumentException("no cause named " + id));
  }

  public SymptomType symptom(String id) {
    return Optional.ofNullable(symptoms.get(id))
        .orElseThrow(() -> new IllegalArgumentException("no symptom named " + id));
  }

  /**
   * An answer as people read it: the label of a choice, the word for yes, a number with its unit.
   */
  public String answer(Question question, String value, Language language) {
    Question.Answer meaning = question.answers().get(value);
    if (meaning != null && meaning.text() != null) {
      return meaning.text().in(language);
    }
    if (terms.containsKey("answer-" + value)) {
      return term("answer-" + value, language);
    }
    if (question.kind() != Question.Kind.NUMBER) {
      return value;
    }
    // Numbers from files come as Java writes them: 2.0E-5.
    String number = value.replaceFirst("(?:\\.0)?E", "e");
    return question.unit() == null ? number : number + " " + unit(question.unit(), language);
  }

  /** A unit, of a question's numbers or of a measure, as people read it. */
  public String unit(String unit, Language language) {
    Text said = terms.get("unit-" + unit.replace(' ', '-'));
    return said == null ? unit : said.in(language);
  }

  /** A word of the reports; the id itself when there is none. */
  public String term(String id, Language language) {
    Text text = terms.get(id);
    return text == null ? id : text.in(language);
  }
}
