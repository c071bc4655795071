package org.aitia;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aitia.diagnosis.Known;
import org.aitia.knowledge.KnownBy;
import org.aitia.knowledge.Question;
import org.aitia.observation.measure.Observation;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/**
 * What answers change about the evidence itself: a setting that the user states is measured like
 * one that was read, and a measurement that the user overrules no longer counts.
 *
 * @param settings settings stated; an entry without a value takes the setting away
 * @param aside ids of measures that no longer count
 */
record Amended(Map<Setting, Config.Entry> settings, Set<String> aside) {
  /**
   * Reads the answers.
   *
   * @param known what the files answer themselves
   */
  static Amended by(
      Map<String, String> answers, Map<String, Question> questions, Map<String, Known> known) {
    Map<Setting, Config.Entry> settings = new EnumMap<>(Setting.class);
    Set<String> aside = new TreeSet<>();
    answers.forEach(
        (id, value) -> {
          Question question = questions.get(id);
          KnownBy by = question == null ? null : question.knownBy();
          if (by == null || value.equals(Question.SKIP)) {
            return;
          }
          boolean overrules = known.containsKey(id);
          if (by.setting() != null) {
            Object stated = by.stated(question.kind(), value).orElse(null);
            Setting setting = Setting.of(by.setting()).orElseThrow();
            Config.Entry entry = new Config.Entry(stated, new Source(Known.ANSWERS, id));
            if (stated != null) {
              settings.put(setting, entry);
            } else if (overrules) {
              settings.putIfAbsent(setting, entry);
            }
          } else if (overrules) {
            aside.addAll(by.measures());
          }
        });
    return new Amended(settings, aside);
  }

  /** The observations that still count. */
  List<Observation> counting(List<Observation> observations) {
    return aside.isEmpty()
        ? observations
        : observations.stream().filter(o -> !aside.contains(o.measure().id())).toList();
  }

  /**
   * The answers that still speak for themselves: one that became a measurement counts as that,
   * once.
   */
  static Map<String, String> speaking(
      Map<String, String> answers,
      Map<String, Question> questions,
      List<Observation> observations) {
    Map<String, String> left = new LinkedHashMap<>(answers);
    left.keySet()
        .removeIf(
            id -> {
              Question question = questions.get(id);
              return question != null
                  && question.knownBy() != null
                  && question.knownBy().setting() != null
                  && observations.stream()
                      .anyMatch(
                          o ->
                              o.source() != null
                                  && o.source().equals(new Source(Known.ANSWERS, id))
                                  && question.knownBy().measures().contains(o.measure().id()));
            });
    return left;
  }
}
