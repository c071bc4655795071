package org.aitia.knowledge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files of a run may hold the answer to a question, so that it need not be asked.
 *
 * @param setting id of the setting that the answer is; null when the answer is only measured. An
 *     answer states this setting and wins over the files
 * @param measures measures that hold the answer, the first that was observed counts; an answer that
 *     overrules them sets all of them aside
 * @param scale the setting or the measured value for an answer of 1: 0.01 where the answer is a
 *     percentage of a share
 * @param values of a choice: what the setting may read, by answer: a text that contains it, a short
 *     sign or number that equals it, {@code *} for anything else. The first is what the answer
 *     states
 */
public record KnownBy(
    String setting, List<String> measures, Double scale, Map<String, List<String>> values) {
  /** Letters of what is a sign rather than a word. */
  private static final int MAX_SIGN = 3;

  public KnownBy {
    measures = measures == null ? List.of() : List.copyOf(measures);
    scale = scale == null ? 1.0 : scale;
    values = values == null ? Map.of() : new java.util.LinkedHashMap<>(values);
  }

  /** The answer that a setting amounts to; none when it reads like no answer. */
  public Optional<String> answer(Question.Kind kind, Object read) {
    if (kind == Question.Kind.NUMBER && values.isEmpty()) {
      try {
        return Optional.of(number(Double.parseDouble(String.valueOf(read))));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    String text = String.valueOf(read).strip().toLowerCase(Locale.ROOT);
    return values.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(v -> reads(text, v)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** A word is found within a longer text, a short sign or a number only as a whole. */
  private static boolean reads(String text, String value) {
    return value.equals("*")
        || text.equals(value)
        || value.length() > MAX_SIGN && text.contains(value);
  }

  /** The answer that a measured value amounts to. */
  public String number(double measured) {
    double answer = measured / scale;
    return answer == Math.rint(answer) && Math.abs(answer) < 1e15
        ? String.valueOf((long) answer)
        : String.valueOf(Double.parseDouble(String.format(Locale.ROOT, "%.6g", answer)));
  }

  /** The value of the setting that an answer states; none when the answer states no value. */
  public Optional<Object> stated(Question.Kind kind, String answer) {
    if (kind == Question.Kind.NUMBER && values.isEmpty()) {
      try {
        return Optional.of(Double.parseDouble(answer) * scale);
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(values.get(answer)).map(v -> v.get(0));
  }
}
