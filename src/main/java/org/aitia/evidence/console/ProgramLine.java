package org.aitia.evidence.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of known programs in the form that most logs have: place, name and number. The patterns see
 * lines in lower case.
 */
final class ProgramLine {
  /** Tacotron 2 and its like say the step between name and number. */
  private static final Pattern LOSS_AT =
      Pattern.compile(
          "^\\s{0,8}(train(?:ing)?|val(?:id(?:ation)?)?|test) loss (\\d{1,12}):?\\s{1,8}(-?\\d{1,12}\\.\\d{1,12}(?:e[-+]\\d{1,3})?|-?nan|-?inf)(?![\\w.])");

  /** A number for each part of the data, of which no word says what it counts. */
  private static final Pattern SPLITS =
      Pattern.compile(
          "(?<![\\w/-])(train|val|valid|test)(\\s?[:=]\\s{0,3})(?=-?\\d{0,9}\\.\\d|nan)");

  /** A metric that stands before the names of the data. */
  private static final Pattern METRIC =
      Pattern.compile(
          "(loss|acc|accuracy|f1|auc|error|mse|mae|rmse|perplexity|score|dice|iou|bleu|r2)\\W{1,6}$");

  /** What Lightning's checkpoints say they were kept for. */
  private static final Pattern REACHED =
      Pattern.compile(
          "^\\s{0,8}epoch (\\d{1,9}), global step (\\d{1,12}): '?([\\w/.@-]{1,80})'? reached (-?[\\d.]{1,24}|nan|-?inf)(?= )");

  /** What Lightning's early stopping says. */
  private static final Pattern IMPROVED =
      Pattern.compile(
          "^\\s{0,8}metric ([\\w/.@-]{1,80}) improved\\b.{0,120}new best score: (-?\\d[\\d.]{0,24})$");

  /** nnU-Net's, a number a class. */
  private static final Pattern DICE =
      Pattern.compile(
          "(?:pseudo dice|average global foreground dice:)\\s{0,3}\\[([^\\]]{1,2000})\\]");

  /** fastText's bar. */
  private static final Pattern WORDS =
      Pattern.compile(
          "^\\s{0,8}progress:\\s{1,4}(\\d{1,3}(?:\\.\\d)?)%\\s.{0,200}?avg\\.loss:\\s{1,8}(\\S{1,20})");

  /** The accuracy among the first and the first five guesses, in words. */
  private static final Pattern TOP = Pattern.compile("(?<!\\w)top ([15]) (?=acc|err)");

  /** Letters of a metric's name and what stands behind it. */
  private static final int LONGEST = 20;

  private ProgramLine() {}

  /** A line in lower case in the usual form; the line itself where it is of none of these. */
  static String usual(String lower) {
    if (lower.contains(" loss ")) {
      Matcher at = LOSS_AT.matcher(lower);
      int pace = lower.endsWith("s/it") ? lower.lastIndexOf(' ') : lower.length();
      return at.find() && at.end() <= pace
          ? "step "
              + at.group(2)
              + " "
              + at.group(1)
              + " loss: "
              + at.group(3)
              + lower.substring(at.end(), pace)
          : lower;
    }
    if (lower.contains(" dice")) {
      Matcher dice = DICE.matcher(lower);
      OptionalDouble mean = dice.find() ? mean(dice.group(1)) : OptionalDouble.empty();
      return mean.isPresent()
          ? String.format(Locale.ROOT, "validation dice: %.6f", mean.getAsDouble())
          : lower;
    }
    if (lower.contains("global step")) {
      Matcher reached = REACHED.matcher(lower);
      return reached.find()
          ? "epoch "
              + reached.group(1)
              + " step "
              + reached.group(2)
              + " "
              + reached.group(3)
              + ": "
              + reached.group(4)
          : lower;
    }
    if (lower.contains("new best score")) {
      Matcher improved = IMPROVED.matcher(lower);
      return improved.find() ? improved.group(1) + ": " + improved.group(2) : lower;
    }
    if (lower.contains("avg.loss")) {
      Matcher words = WORDS.matcher(lower);
      return words.find()
          ? "step "
              + Math.round(10 * Double.parseDouble(words.group(1)))
              + " loss: "
              + words.group(2)
          : lower;
    }
    if (lower.contains("top ")) {
      return TOP.matcher(lower).replaceAll("top-$1-");
    }
    return splits(lower.replace("mel-spec. error", "mel-spec error"));
  }

  /** Whether a line tells, of no place or as Lightning does, that something was the best so far. */
  static boolean isAnnouncement(String lower, LinePlace place) {
    boolean kept =
        lower.contains("best")
            && (lower.contains("sav") || lower.contains("new best") || lower.contains("stor"));
    return kept && !place.isTold()
        || lower.contains("global step") && REACHED.matcher(lower).find();
  }

  /** What is told of training and of other data by their names alone has one name. */
  private static String splits(String lower) {
    if (!lower.contains("train") || !lower.contains("val") && !lower.contains("test")) {
      return lower;
    }
    boolean placed = lower.contains("epoch") || lower.contains("iter");
    Matcher split = SPLITS.matcher(lower);
    int found = 0;
    int first = 0;
    while (placed && split.find()) {
      first = found == 0 ? split.start() : first;
      found++;
    }
    if (found < 2) {
      return lower;
    }
    Matcher metric = METRIC.matcher(lower.substring(Math.max(0, first - LONGEST), first));
    String name = metric.find() ? metric.group(1) : "goal";
    return SPLITS.matcher(lower).replaceAll("$1_" + name + "$2");
  }

  private static OptionalDouble mean(String list) {
    try {
      return Arrays.stream(list.split(","))
          .mapToDouble(v -> Double.parseDouble(v.strip()))
          .filter(Double::isFinite)
          .average();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
