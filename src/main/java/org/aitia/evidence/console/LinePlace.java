package org.aitia.evidence.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the training a line of a log stands, by its own words. Each pattern is tried only where
 * the line has what no match of it lacks: logs are long, and most lines are of one form.
 *
 * @param epoch the epoch it names, NaN when none
 * @param counted whether the epoch is a count of epochs, not a share of the training passed
 * @param step the step it names, NaN when none
 * @param within how far into the epoch it says it is, in batches or samples; NaN when it does not
 * @param length of the epoch in the same unit; NaN when not said
 * @param bar whether the line is a progress bar, which is shown again and again
 * @param total the number of epochs that it says there are; NaN when it does not
 */
record LinePlace(
    double epoch,
    boolean counted,
    double step,
    double within,
    double length,
    boolean bar,
    double total) {

  private static final Pattern EPOCH =
      Pattern.compile(
          "(?<![\\w])(?:epoch|ep)(?:[ _]id|[ _]idx)?(?:\\(\\w{1,12}\\))?\\.?['\"]?\\s{0,3}[:=#：]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,9}(?:\\.\\d{1,18})?)(?!\\w|\\.\\d)(?:\\s{0,3}/\\s{0,3}(\\d{1,9}))?|第\\s{0,2}(\\d{1,9})\\s{0,2}(?:轮|个?\\s{0,2}epoch)"
              + "|(?<![\\w./])(\\d{1,9})(?:epoch(?=[: ])| completed epochs?\\b)");

  private static final Pattern STEP =
      Pattern.compile(
          "(?<![\\w])(?:global[_ ]?step|num_updates|current_steps|steps?|iter(?:ation)?s?|batch(?:_idx|_id)?|up\\.|episode)(?:\\(\\w{1,12}\\))?['\"]?\\s{0,3}[:=#：]?\\s{0,3}['\"]?[\\[(]?\\s{0,6}(\\d{1,3}(?:,\\d{3}){1,4}(?!\\d)|\\d{1,15})(?!\\w|\\.\\d)(?:\\s{0,3}/\\s{0,3}(\\d{1,15}))?"
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
          "\\d%\\|[^|]{0,200}\\|\\s{0,3}\\d{1,12}/|\\d(?:it/s|s/it)\\b|[━█]{3}|\\[[=>.]{5,60}\\]");

  /** Keras' bar once it is full. */
  private static final Pattern FULL = Pattern.compile("^\\s{0,4}\\d{1,9}/\\d{1,9} - \\d{1,9}m?s");

  private static final Pattern BAR_AT =
      Pattern.compile("(?<![\\d/.])(\\d{1,12})/(\\d{1,12})(?![\\d/.])");

  /** A line that says no place. */
  static final LinePlace NONE =
      new LinePlace(Double.NaN, false, Double.NaN, Double.NaN, Double.NaN, false, Double.NaN);

  /**
   * Reads a line.
   *
   * @param lower the line in lower case, letter for letter
   */
  static LinePlace of(String line, String lower) {
    boolean bar = isBar(line);
    double epoch = Double.NaN;
    double total = Double.NaN;
    boolean counted = false;
    int from = 0;
    Matcher m = lower.contains("ep") || lower.indexOf('第') >= 0 ? EPOCH.matcher(lower) : null;
    if (m != null && m.find()) {
      from = m.end(); // "Epoch [1/5]" is no place within the epoch
      String number = m.group(1) == null ? m.group(3) : m.group(1);
      number = number == null ? m.group(4) : number;
      epoch = Double.parseDouble(number);
      total = m.group(2) == null ? Double.NaN : Double.parseDouble(m.group(2));
      // transformers writes the share of the training passed, as 0.5 and, at its end, as 1 or 1.0
      boolean share = line.contains("{") && line.indexOf('{') < m.start();
      counted = number.indexOf('.') < 0 && !share;
    } else {
      epoch = round(lower);
      counted = !Double.isNaN(epoch);
    }
    double step = Double.NaN;
    double within = Double.NaN;
    double length = Double.NaN;
    Matcher brief = lower.startsWith("s:") ? SHORT.matcher(lower) : null;
    Matcher s = mayStep(lower) ? STEP.matcher(lower) : null;
    if (brief != null && brief.lookingAt()) {
      step = Double.parseDouble(brief.group(1));
    } else if (s != null && s.find() && !isBatchSize(s, lower)) {
      String number = (s.group(1) == null ? s.group(3) : s.group(1)).replace(",", "");
      boolean batch = s.group().startsWith("batch") && s.group(2) != null;
      boolean whole =
          Double.isNaN(epoch) && !batch
              || isGlobal(s.group())
              || line.stripLeading().startsWith("{");
      step = whole ? Double.parseDouble(number) : Double.NaN;
      within = whole ? Double.NaN : Double.parseDouble(number);
      length = s.group(2) == null ? Double.NaN : Double.parseDouble(s.group(2));
    }
    boolean stroke = lower.indexOf('/', from) >= 0;
    if (stroke && Double.isNaN(within) && Double.isNaN(step)) {
      Matcher w = WITHIN.matcher(lower);
      if (w.find(from)) {
        int group = w.group(1) != null ? 1 : w.group(3) != null ? 3 : 5;
        within = Double.parseDouble(w.group(group));
        length = Double.parseDouble(w.group(group + 1));
      }
    }
    if (stroke && bar) {
      Matcher at = BAR_AT.matcher(lower);
      if (at.find(from)) {
        within = Double.parseDouble(at.group(1));
        length = Double.parseDouble(at.group(2));
      }
    }
    return new LinePlace(epoch, counted, step, within, length, bar, total);
  }

  /** A line that says its step alone. */
  static LinePlace at(double step) {
    return new LinePlace(Double.NaN, false, step, Double.NaN, Double.NaN, false, Double.NaN);
  }

  /** The same place, whatever epoch was said. */
  LinePlace inNoEpoch() {
    return new LinePlace(Double.NaN, counted, step, within, length, bar, total);
  }

  /** The epoch as a whole. */
  LinePlace ofAll() {
    return new LinePlace(epoch, counted, Double.NaN, Double.NaN, Double.NaN, false, total);
  }

  /** Whether a line names any place. */
  boolean isTold() {
    return !Double.isNaN(epoch) || !Double.isNaN(step) || !Double.isNaN(within);
  }

  private static boolean isBar(String line) {
    boolean may =
        line.contains("%|")
            || line.contains("it/s")
            || line.contains("s/it")
            || line.indexOf('━') >= 0
            || line.indexOf('█') >= 0
            || line.contains("[=")
            || line.contains("[>")
            || line.contains("[.");
    return may && BAR.matcher(line).find()
        || line.contains(" - ") && FULL.matcher(line).lookingAt();
  }

  /** The epoch that a line's beginning names without the word; NaN for none. */
  private static double round(String lower) {
    Matcher head = lower.contains("train: ") ? TIMM.matcher(lower) : null;
    if (head != null && head.lookingAt()) {
      return Double.parseDouble(head.group(1));
    }
    Matcher round = ROUND.matcher(lower);
    return round.lookingAt()
        ? Double.parseDouble(round.group(1) == null ? round.group(2) : round.group(1))
        : Double.NaN;
  }

  private static boolean mayStep(String lower) {
    return lower.contains("step")
        || lower.contains("iter")
        || lower.contains("batch")
        || lower.contains("up")
        || lower.contains("episode");
  }

  private static boolean isGlobal(String words) {
    return words.startsWith("global")
        || words.startsWith("num_updates")
        || words.startsWith("current_steps");
  }

  /** Whether it is the size of a batch that ends a line which begins with its place. */
  private static boolean isBatchSize(Matcher step, String lower) {
    return step.group().startsWith("batch")
        && step.group(2) == null
        && step.end() == lower.stripTrailing().length()
        && WITHIN.matcher(lower).lookingAt();
  }
}
