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
 * @param epoch the epoch it names, NaN when none
 * @param counted whether the epoch is a count of epochs, not a share of the training passed
 * @param step the step it names, NaN when none
 * @param within how far into the epoch it says it is, in batches or samples; NaN when it does not
 * @param length of the epoch in the same unit; NaN when not said
 * @param bar whether the line is a progress bar, which is shown again and again
 * @param total the number of epochs that it says there are; NaN when it does not
 * @param evaluation whether it is about data that are not trained on
 * @param heading the split that it names for what follows; null when it names none
 * @param values what it shows
 */
record ConsoleLine(
    double epoch,
    boolean counted,
    double step,
    double within,
    double length,
    boolean bar,
    double total,
    boolean evaluation,
    Split heading,
    List<LineValues.Value> values) {

  private static final Pattern EPOCH =
      Pattern.compile(
          "(?<![\\w])(?:epoch|ep)(?:\\(\\w{1,12}\\))?\\.?['\"]?\\s{0,3}[:=#：]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,9}(?:\\.\\d{1,18})?)(?![\\w.])(?:\\s{0,3}/\\s{0,3}(\\d{1,9}))?|第\\s{0,2}(\\d{1,9})\\s{0,2}(?:轮|个?\\s{0,2}epoch)");

  private static final Pattern STEP =
      Pattern.compile(
          "(?<![\\w])(?:global[_ ]?step|num_updates|current_steps|steps?|iter(?:ation)?s?|batch(?:_idx|_id)?|up\\.|episode)(?:\\(\\w{1,12}\\))?['\"]?\\s{0,3}[:=#：]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,15})(?![\\w.])(?:\\s{0,3}/\\s{0,3}(\\d{1,15}))?"
              + "|(?<![\\w])after (\\d{1,15}) (?:training )?(?:steps?|iter(?:ation)?s?|batches)\\b");

  private static final Pattern WITHIN =
      Pattern.compile(
          "\\[\\s{0,8}(\\d{1,15})\\s{0,3}/\\s{0,3}(\\d{1,15})(?=[\\s\\](])|(?<=:\\s{1,6})(\\d{1,15}) / (\\d{1,15})(?=\\s)"
              + "|(?<=\\|\\s{1,4})(\\d{1,15})/(\\d{1,15})(?=\\s{1,4}\\|)");

  /** Training and evaluation as the official image examples head their lines. */
  private static final Pattern TIMM = Pattern.compile("^\\s*train: (\\d{1,9}) \\[");

  /** Rounds of boosting: {@code [12] train's auc: 0.9}, {@code 12: learn: 0.9}. */
  private static final Pattern ROUND =
      Pattern.compile(
          "^\\s*(?:\\[(\\d{1,9})\\]\\s|(\\d{1,9}):\\s{1,4}(?:train_goal|test_goal|total):)");

  /** Steps as llm.c writes them: {@code s:20 trl:9.5}. */
  private static final Pattern SHORT = Pattern.compile("^s:(\\d{1,9}) t[re]l:");

  private static final Pattern BAR =
      Pattern.compile(
          "\\d%\\|[^|]{0,200}\\|\\s{0,3}\\d{1,12}/|\\d(?:it/s|s/it)\\b|[━█]{3}|\\[[=>.]{5,60}\\]|^\\s{0,4}\\d{1,9}/\\d{1,9} - \\d{1,9}m?s");

  private static final Pattern BAR_AT =
      Pattern.compile("(?<![\\d/.])(\\d{1,12})/(\\d{1,12})(?![\\d/.])");

  /** A logger's own words before the message. */
  private static final Pattern PREFIX =
      Pattern.compile(
          "^\\s*(?:\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[t ][\\d:.,]{5,20}z?\\]?|\\d\\d/\\d\\d/\\d{4} [\\d:]{8})(?:\\s++(?:-\\s*+)?\\[?(?:info|debug|warning|error)\\]?)?");

  /** Lines that name an epoch other than the one that is trained. */
  private static final Pattern ASIDE =
      Pattern.compile("best|restor|saved|saving|checkpoint|early|load|resum|num ");

  /** The tables of results that transformers' example scripts print at the end. */
  private static final Pattern TOTALS =
      Pattern.compile("\\s{2}\\w{1,60}\\s{0,60}=\\s{2,60}\\S{1,40}\\s*");

  private static final Pattern MODE =
      Pattern.compile(
          "\"(?:mode|phase|split)\"\\s*:\\s*\"(train|val|valid|validation|test|eval)\"");

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
    String line = logger.find() ? raw.substring(logger.end()) : raw;
    line = vocabulary.separated(line.replace("'s ", " "));
    String lower = lower(line);
    Optional<ConsoleLine> special = SpecialLine.of(lower);
    if (special.isPresent() || lower.contains("@[ iou=")) {
      return special; // the other lines of COCO's table name a threshold, not a result
    }
    if (SpecialLine.isOfOneClass(lower)) {
      return Optional.empty();
    }
    String usual = SpecialLine.usual(lower);
    line = usual.equals(lower) ? line : usual;
    lower = usual;
    boolean bar = BAR.matcher(line).find();
    double epoch = Double.NaN;
    double total = Double.NaN;
    double step = Double.NaN;
    double within = Double.NaN;
    double length = Double.NaN;
    boolean counted = false;
    int from = 0;
    Matcher m = EPOCH.matcher(lower);
    if (m.find()) {
      from = m.end(); // "Epoch [1/5]" is no place within the epoch
      String number = m.group(1) == null ? m.group(3) : m.group(1);
      epoch = Double.parseDouble(number);
      total = m.group(2) == null ? Double.NaN : Double.parseDouble(m.group(2));
      // transformers writes the share of the training passed, as 0.5 and, at its end, as 1 or 1.0
      boolean share = line.contains("{") && line.indexOf('{') < m.start();
      counted = number.indexOf('.') < 0 && !share;
    } else {
      Matcher head = TIMM.matcher(lower);
      Matcher round = ROUND.matcher(lower);
      if (head.find()) {
        epoch = Double.parseDouble(head.group(1));
        counted = true;
      } else if (round.find()) {
        epoch = Double.parseDouble(round.group(1) == null ? round.group(2) : round.group(1));
        counted = true;
      }
    }
    Matcher s = STEP.matcher(lower);
    Matcher brief = SHORT.matcher(lower);
    boolean mayStep =
        lower.contains("step")
            || lower.contains("iter")
            || lower.contains("batch")
            || lower.contains("up")
            || lower.contains("episode");
    if (brief.find()) {
      step = Double.parseDouble(brief.group(1));
    } else if (mayStep && s.find() && !isBatchSize(s, lower)) {
      boolean global =
          s.group().startsWith("global")
              || s.group().startsWith("num_updates")
              || s.group().startsWith("current_steps");
      String number = s.group(1) == null ? s.group(3) : s.group(1);
      if (Double.isNaN(epoch) || global || line.stripLeading().startsWith("{")) {
        step = Double.parseDouble(number);
        length = s.group(2) == null ? Double.NaN : Double.parseDouble(s.group(2));
      } else {
        within = Double.parseDouble(number);
        length = s.group(2) == null ? Double.NaN : Double.parseDouble(s.group(2));
      }
    }
    Matcher w = WITHIN.matcher(lower);
    if (Double.isNaN(within) && Double.isNaN(step) && w.find(from)) {
      int group = w.group(1) != null ? 1 : w.group(3) != null ? 3 : 5;
      within = Double.parseDouble(w.group(group));
      length = Double.parseDouble(w.group(group + 1));
    }
    Matcher at = BAR_AT.matcher(lower);
    if (bar && at.find(from)) {
      within = Double.parseDouble(at.group(1));
      length = Double.parseDouble(at.group(2));
    }
    LineValues found = LineValues.of(line, lower, heading(lower, context), vocabulary);
    List<LineValues.Value> values = found.values();
    boolean placed = !Double.isNaN(epoch) || !Double.isNaN(step) || !Double.isNaN(within);
    boolean ofEpisodes = lower.contains("episodes");
    if (!placed && !ofEpisodes && values.stream().allMatch(v -> v.weak() && v.split() == null)) {
      values = List.of();
    }
    Split heading = found.heading() == context && values.isEmpty() ? null : found.heading();
    boolean aside = Double.isNaN(epoch) || ASIDE.matcher(lower).find();
    if (values.isEmpty() && aside && (heading == null || !isHeading(lower))) {
      return Optional.empty();
    }
    boolean evaluation =
        values.isEmpty()
            ? heading != null && heading != Split.TRAIN
            : values.stream().anyMatch(v -> v.split() != null && v.split() != Split.TRAIN)
                && values.stream().noneMatch(v -> isTraining(v, vocabulary));
    return Optional.of(
        new ConsoleLine(
            values.isEmpty() && aside ? Double.NaN : epoch,
            counted,
            step,
            within,
            length,
            bar,
            total,
            evaluation,
            heading,
            values));
  }

  private static boolean isTraining(LineValues.Value value, Vocabulary vocabulary) {
    return value.split() == Split.TRAIN
        || value.split() == null
            && vocabulary.tag(value.readAs(), null).map(t -> t.split() != null).orElse(false);
  }

  /** Whether it is the size of a batch that ends a line which begins with its place. */
  private static boolean isBatchSize(Matcher step, String lower) {
    return step.group().startsWith("batch")
        && step.group(2) == null
        && step.end() == lower.stripTrailing().length()
        && WITHIN.matcher(lower).lookingAt();
  }

  /** Whether a line does nothing but name the data that come. */
  private static boolean isHeading(String lower) {
    return lower.indexOf('/') < 0 && lower.strip().split("\\s+", HEADING + 2).length <= HEADING;
  }

  /** The split that the form of a line tells, else that of an earlier line. */
  private static Split heading(String line, Split context) {
    Matcher mode = MODE.matcher(line);
    if (line.startsWith("{") && mode.find()) {
      return Split.of(mode.group(1)).orElse(null);
    }
    boolean result = line.stripLeading().startsWith("* ") && line.contains("@1");
    boolean evaluated =
        result
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
    double none = Double.NaN;
    List<LineValues.Value> means = values.stream().map(LineValues.Value::mean).toList();
    return new ConsoleLine(epoch, counted, none, none, none, false, total, true, heading, means);
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
  private static String lower(String text) {
    char[] all = text.toCharArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] >= 'A' && all[i] <= 'Z') {
        all[i] = (char) (all[i] + 'a' - 'A');
      }
    }
    return new String(all);
  }
}
