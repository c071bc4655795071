package org.aitia.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnownBy;
import org.aitia.knowledge.Question;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * An answer that the files of a run hold: it is not asked, but shown, and may be overruled.
 *
 * @param value the answer, as a user would give it
 * @param source where it was read; null where it follows from several files
 */
public record Known(String question, String value, Source source) {
  /** In place of a file: what the user stated. */
  public static final String ANSWERS = "answers";

  /** All that is answered: by the files, and by the user, whose word counts where both do. */
  public static Map<String, String> settled(Map<String, Known> known, Map<String, String> given) {
    Map<String, String> settled = new LinkedHashMap<>(given);
    known.forEach(
        (id, k) -> settled.merge(id, k.value(), (a, b) -> Question.SKIP.equals(a) ? b : a));
    return settled;
  }

  /** All answers that the files hold, by question, in the order of the questions. */
  public static Map<String, Known> of(
      Knowledge knowledge, Run run, List<Observation> observations) {
    Map<String, Known> found = new LinkedHashMap<>();
    for (Question question : knowledge.questions().values()) {
      if (question.knownBy() != null) {
        read(question, run.config())
            .or(() -> measured(question, observations))
            .ifPresent(k -> found.put(k.question(), k));
      }
    }
    return found;
  }

  private static Optional<Known> read(Question question, Config config) {
    KnownBy by = question.knownBy();
    return Optional.ofNullable(by.setting())
        .flatMap(Setting::of)
        .map(config.settings()::get)
        .flatMap(
            entry ->
                by.answer(question.kind(), entry.value())
                    .map(value -> new Known(question.id(), value, entry.source())));
  }

  private static Optional<Known> measured(Question question, List<Observation> observations) {
    KnownBy by = question.knownBy();
    if (question.kind() != Question.Kind.NUMBER) {
      return Optional.empty();
    }
    return by.measures().stream()
        .flatMap(m -> observations.stream().filter(o -> o.measure().id().equals(m)))
        .filter(o -> o.place().split() == null || o.place().split() == Split.TRAIN)
        .findFirst()
        .map(o -> new Known(question.id(), by.number(o.value()), o.source()));
  }
}
