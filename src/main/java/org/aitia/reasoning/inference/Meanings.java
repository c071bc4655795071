package org.aitia.reasoning.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.knowledge.Difference;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.SymptomType;
import org.aitia.reasoning.fact.Answer;
import org.aitia.reasoning.fact.Bearing;
import org.aitia.reasoning.fact.Meaning;
import org.aitia.reasoning.fact.Reading;

/** What answers, signs of the environment and differences mean for causes, as facts. */
final class Meanings {
  private final Knowledge knowledge;
  private final Map<Answer, List<Meaning>> meanings;
  private final List<Reading> readings;
  private final List<Bearing> bearings;

  Meanings(Knowledge knowledge) {
    this.knowledge = knowledge;
    List<Meaning> all = ofAnswers(knowledge);
    this.meanings =
        all.stream().collect(Collectors.groupingBy(m -> new Answer(m.question(), m.answer())));
    this.readings = readings(knowledge);
    this.bearings = bearings(knowledge, all);
  }

  /** What signs mean. */
  List<Reading> readings() {
    return readings;
  }

  /** What differences from a reference mean. */
  List<Bearing> bearings() {
    return bearings;
  }

  /** The answers as facts, each with what it means; those that say nothing are no facts. */
  Map<Answer, List<Meaning>> spoken(Map<String, String> answers) {
    Map<Answer, List<Meaning>> spoken = new LinkedHashMap<>();
    answers.forEach(
        (question, value) -> {
          if (!Question.SAYS_NOTHING.contains(value)) {
            Question known = knowledge.questions().get(question);
            Answer answer = new Answer(question, known == null ? value : known.band(value));
            spoken.put(answer, meanings.getOrDefault(answer, List.of()));
          }
        });
    return spoken;
  }

  private static List<Meaning> ofAnswers(Knowledge knowledge) {
    List<Meaning> found = new ArrayList<>();
    for (Question question : knowledge.questions().values()) {
      question
          .answers()
          .forEach(
              (value, answer) ->
                  answer
                      .claims(question.id())
                      .forEach(c -> found.add(new Meaning(question.id(), value, c))));
    }
    return found;
  }

  private static List<Reading> readings(Knowledge knowledge) {
    List<Reading> found = new ArrayList<>();
    for (SymptomType type : knowledge.symptoms().values()) {
      if (type.sign() != null) {
        type.sign().claims(type.subject()).forEach(c -> found.add(new Reading(type.id(), c)));
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
      d.claims().forEach(c -> found.add(new Bearing(id, d.of(), d.seenAs(), null, c)));
      // A question's answer counts once, whether a person gave it or the files did.
      for (Meaning m : meanings) {
        if (m.answer().equals(d.answers().get(m.question()))) {
          found.add(new Bearing(id, d.of(), d.seenAs(), m.question(), m.claim()));
        }
      }
    }
    return found;
  }
}
