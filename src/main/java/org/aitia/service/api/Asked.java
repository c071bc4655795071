package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.diagnosis.Questions;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;

/**
 * A question as it is asked, with all that is needed to show it and to take its answer.
 *
 * @param cost of finding out: {@code seconds}, {@code minutes}, {@code experiment}, {@code retrain}
 * @param inquiry how to find out, what to run, and what each answer means
 * @param choices the answers to choose from; a number or a text has none
 * @param besides what may be answered to any question
 * @param separates the causes that it bears on, the likely ones first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Asked(
    String id,
    String step,
    String topic,
    String kind,
    String cost,
    String text,
    String why,
    @JsonUnwrapped Inquiry inquiry,
    List<Choice> choices,
    List<Choice> besides,
    List<Suspect> separates) {

  /** An answer to choose, with its label. */
  public record Choice(String value, String label) {}

  public static Asked of(
      Question question, Conclusions conclusions, Knowledge knowledge, Language in) {
    return new Asked(
        question.id(),
        question.step(),
        question.topic(),
        question.kind().id(),
        question.cost().id(),
        question.text().in(in),
        question.why().in(in),
        Inquiry.of(question, in),
        choices(question, knowledge, in),
        Stream.of("unknown", "not-applicable", "skip")
            .map(a -> new Choice(a, knowledge.answer(question, a, in)))
            .toList(),
        separates(question, conclusions, knowledge, in));
  }

  private static List<Choice> choices(Question question, Knowledge knowledge, Language in) {
    List<Choice> found = new ArrayList<>();
    if (question.kind() == Question.Kind.YES_NO || question.kind() == Question.Kind.CHOICE) {
      for (String value : question.answers().keySet()) {
        found.add(new Choice(value, knowledge.answer(question, value, in)));
      }
    }
    return found;
  }

  private static List<Suspect> separates(
      Question question, Conclusions conclusions, Knowledge knowledge, Language in) {
    Map<String, Double> probabilities =
        conclusions.hypotheses().stream()
            .collect(Collectors.toMap(Hypothesis::cause, Hypothesis::probability));
    return new Questions(knowledge, conclusions)
        .separates(question).stream()
            .map(c -> Suspect.of(c, probabilities.getOrDefault(c, 0.0), knowledge, in))
            .toList();
  }
}
