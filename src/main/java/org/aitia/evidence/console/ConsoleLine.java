package org.aitia.evidence.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.value.Split;

/**
 * What a line of a console log says: where in the training it stands, and the values it shows.
 *
 * @param place where it stands
 * @param evaluation whether it is about data that are not trained on
 * @param heading the split that it names for what follows; null when it names none
 * @param values what it shows
 */
record ConsoleLine(
    LinePlace place, boolean evaluation, Split heading, List<LineValues.Value> values) {

  /** A logger's own words before the message. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^\\s*(?:\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[t ][\\d:.,]{5,20}z?\\]?|\\d\\d/\\d\\d/\\d{4} [\\d:]{8})(?:[\\s-]{1,4}(?:[\\w./\\\\:@]{1,60}[\\s-]{1,4})?\\[?(?:info|debug|warning|error)\\b\\]?)?");

  /** Lines that name an epoch other than the one that is trained. */
  private static final Pattern ASIDE =
      Pattern.compile("best|restor|saved|saving|checkpoint|early|load|resum|num ");

  /** The tables of results that transformers' example scripts print at the end. */
  private static final Pattern TOTALS =
      Pattern.compile("\\s{2}\\w{1,60}\\s{0,60}=\\s{2,60}\\S{1,40}\\s*");

  private static final Pattern MODE =
      Pattern.compile(
          "\"(?:mode|phase|split)\"\\s*:\\s*\"(train|val|valid|validation|test|eval)\"");

  private static final Pattern BEST_BESIDE = Pattern.compile("[,;|\\s]best[_ -][a-z]\\w{0,40}[:=]");

  private static final Pattern EPOCH_DICTIONARY = Pattern.compile("epoch\\s+\\d+\\s*:\\s*\\{");

  /** Words of a line at most that does nothing but name the data that come. */
  private static final int HEADING = 6;

  /**
   * Reads a line; empty when it shows nothing of a training.
   *
   * @param context the split that an earlier line names for this one, or null
   */
  static Optional<ConsoleLine> of(String raw, Split context, Vocabulary vocabulary) {
    if (raw.isBlank()
        || raw.contains("Namespace(")
        || raw.startsWith("Region ")
        || raw.startsWith("  ") && TOTALS.matcher(raw).matches()) {
      return Optional.empty();
    }
    Matcher logger = PREFIX.matcher(lower(raw));
    String line = logger.lookingAt() ? raw.substring(logger.end()) : raw;
    line = vocabulary.separated(line.replace("'s ", " "));
    String lower = lower(line);
    Optional<ConsoleLine> special = SpecialLine.of(lower);
    if (special.isPresent() || lower.contains("@[ iou=")) {
      return special; // the other lines of COCO's table name a threshold, not a result
    }
    if (SpecialLine.isOfOnePart(lower)) {
      return Optional.empty();
    }
    String usual = SpecialLine.usual(lower);
    line = usual.equals(lower) ? line : usual;
    lower = usual;
    LinePlace place = LinePlace.of(line, lower);
    Split told = keepsBest(lower, place) ? Split.VALIDATION : context;
    LineValues found = LineValues.of(line, lower, heading(lower, told), vocabulary);
    List<LineValues.Value> values = found.values();
    if (!values.isEmpty()
        && !place.isTold()
        && !lower.contains("episodes")
        && values.stream().allMatch(v -> v.weak() && v.split() == null)) {
      values = List.of();
    }
    Split heading = found.heading() == context && values.isEmpty() ? null : found.heading();
    boolean aside =
        values.isEmpty() && (Double.isNaN(place.epoch()) || ASIDE.matcher(lower).find());
    if (aside && (heading == null || !isHeading(lower))) {
      return Optional.empty();
    }
    boolean evaluation =
        values.isEmpty()
            ? heading != null && heading != Split.TRAIN
            : values.stream().anyMatch(v -> v.split() != null && v.split() != Split.TRAIN)
                && values.stream().noneMatch(v -> isTraining(v, vocabulary));
    return Optional.of(
        new ConsoleLine(aside ? place.inNoEpoch() : place, evaluation, heading, values));
  }

  private static boolean isTraining(LineValues.Value value, Vocabulary vocabulary) {
    return value.split() == Split.TRAIN
        || value.split() == null
            && vocabulary.tag(value.readAs(), null).map(t -> t.split() != null).orElse(false);
  }

  /** Whether a line of no place shows a metric beside its best: a model is chosen by that. */
  private static boolean keepsBest(String lower, LinePlace place) {
    return !place.isTold() && lower.contains("loss") && BEST_BESIDE.matcher(lower).find();
  }

  /** Whether a line does nothing but name the data that come. */
  private static boolean isHeading(String lower) {
    return lower.indexOf('/') < 0 && lower.strip().split("\\s+", HEADING + 2).length <= HEADING;
  }

  /** The split that the form of a line tells, else that of an earlier line. */
  private static Split heading(String line, Split context) {
    Matcher mode = line.startsWith("{") ? MODE.matcher(line) : null;
    if (mode != null && mode.find()) {
      return Split.of(mode.group(1)).orElse(null);
    }
    boolean result = line.stripLeading().startsWith("* ") && line.contains("@1");
    boolean evaluated =
        result
            || line.contains("saving dict for global step") // TensorFlow's estimators
            || line.contains("{")
                && !line.contains("loss")
                && EPOCH_DICTIONARY.matcher(line).find();
    return evaluated ? Split.VALIDATION : context;
  }

  /** Whether it shows a loss of data that are trained on, or may be. */
  boolean trains() {
    return values.stream()
        .anyMatch(
            v ->
                (v.split() == null || v.split() == Split.TRAIN)
                    && v.readAs().toLowerCase(java.util.Locale.ROOT).contains("loss"));
  }

  /** The line as the result over all that it went through. */
  ConsoleLine ofAll() {
    List<LineValues.Value> means = values.stream().map(LineValues.Value::mean).toList();
    return new ConsoleLine(place.ofAll(), true, heading, means);
  }

  /** Whether it shows a loss of zero beside a gradient that is not finite, as filters leave it. */
  boolean isHiddenBehindZero() {
    return value("loss", 1) == 0 && !Double.isFinite(value("grad_norm", 0));
  }

  private double value(String name, double otherwise) {
    return values.stream()
        .filter(v -> v.name().equals(name))
        .mapToDouble(LineValues.Value::value)
        .findFirst()
        .orElse(otherwise);
  }

  /** Letters of the Latin alphabet in lower case: the places stay the same. */
  static String lower(String text) {
    int first = 0;
    while (first < text.length() && !isCapital(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    char[] all = text.toCharArray();
    for (int i = first; i < all.length; i++) {
      if (isCapital(all[i])) {
        all[i] = (char) (all[i] + 'a' - 'A');
      }
    }
    return new String(all);
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
