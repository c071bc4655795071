package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.value.Split;

/**
 * The values that a line of a log shows, from left to right. A word that names a part of the data
 * colours its own value; as a heading ({@code Test:}, {@code [valid]}, {@code on 'valid' subset})
 * it colours what follows, up to the next heading.
 */
final class LineValues {
  /**
   * A value.
   *
   * @param name as the file has it
   * @param readAs the same in words that the vocabulary knows
   * @param split null when neither its words nor a heading tell
   * @param weak whether its name is an everyday word, which alone shows nothing of a training
   * @param of the word before its name that says nothing known: of two models, the model
   * @param figure the number
   * @param value in the unit that its metric is kept in
   */
  record Value(
      String name,
      String readAs,
      Split split,
      boolean weak,
      String of,
      Figure figure,
      double value) {
    Value(String name, String readAs, Split split, boolean weak, Figure figure, double value) {
      this(name, readAs, split, weak, "", figure, value);
    }

    /** The same under another name. */
    Value named(String other) {
      return new Value(other, readAs, split, weak, of, figure, value);
    }

    /** The same with the mean that stands beside the number, where one does. */
    Value mean() {
      double scale = figure.value() == 0 ? 1 : value / figure.value();
      boolean beside = !Double.isNaN(figure.mean()) && Double.isFinite(scale);
      return beside
          ? new Value(name, readAs, split, weak, of, figure, figure.mean() * scale)
          : this;
    }
  }

  /** Names of a value in a dictionary that has the metric's name. */
  private static final Set<String> BARE = Set.of("value", "mean", "score", "result");

  private static final int MOST_VALUES = 200;

  /** Characters of a remark in brackets. */
  private static final int REMARK = 40;

  /** What stands before a number at least where something made it: {@code tensor(}. */
  private static final int MAKER = 5;

  private static final int HEADING = 6;

  private final String lower;
  private final Vocabulary vocabulary;
  private final MetricNames names;
  private final LineParts parts;

  /** Whether the line says what was best, not what is. */
  private final boolean ofBest;

  private final List<Value> values = new ArrayList<>();
  private final List<Boolean> own = new ArrayList<>();
  private Split heading;
  private Split last;

  private LineValues(String line, String lower, Split heading, Vocabulary vocabulary) {
    this.lower = lower;
    this.heading = heading;
    this.vocabulary = vocabulary;
    this.names = new MetricNames(line, lower, vocabulary);
    this.parts = new LineParts(lower);
    this.ofBest = MetricNames.isOfBest(lower);
  }

  /**
   * Reads a line.
   *
   * @param lower the line in lower case, letter for letter
   * @param heading the split that is known before the line begins, or null
   */
  static LineValues of(String line, String lower, Split heading, Vocabulary vocabulary) {
    LineValues found = new LineValues(line, lower, heading, vocabulary);
    found.scan();
    Namesakes.settle(found.values, found.own, vocabulary);
    return found;
  }

  List<Value> values() {
    return values;
  }

  /** The split of the last heading; null when there was none. */
  Split heading() {
    return heading;
  }

  private void scan() {
    int from = 0;
    int next = 0;
    while (next < lower.length() && values.size() < MOST_VALUES) {
      Figure figure = Figure.next(lower, next);
      if (figure == null) {
        break;
      }
      int name = name(from, figure);
      if (name >= 0) {
        from = figure.end();
        next = from;
      } else {
        next = Math.max(figure.begin() + 1, past(figure));
      }
    }
    headings(from, lower.length());
  }

  /** A number without a name: only itself is passed over, not what stands beside it. */
  private int past(Figure figure) {
    int i = figure.begin() + 1;
    while (i < lower.length()
        && (Character.isLetterOrDigit(lower.charAt(i)) || lower.charAt(i) == '.')) {
      i++;
    }
    return i;
  }

  /** Takes the value of a number that has a name; -1 when it has none. */
  private int name(int from, Figure figure) {
    int end = parts.opened(from, figure.begin());
    boolean sign = false;
    if (end > from && LineParts.isAssigning(lower.charAt(end - 1))) {
      sign = true;
      end = parts.tied(from, parts.closed(from, end - 1));
    } else if (end > from
        && lower.charAt(end - 1) == ','
        && names.isWhole(parts.segment(from, end - 1), end - 1)) {
      sign = true;
      end--;
    } else {
      int is = parts.tied(from, end);
      sign = is < end;
      end = is;
    }
    if (end <= from) {
      return -1;
    }
    String remark = "";
    if (lower.charAt(end - 1) == ')') {
      int open =
          lower.substring(Math.max(from, end - REMARK), end).lastIndexOf('(')
              + Math.max(from, end - REMARK);
      if (open > Math.max(from, end - REMARK)) {
        remark = lower.substring(open + 1, end - 1);
        end = parts.closed(from, open);
      }
    }
    int begin = parts.segment(from, end);
    if (!sign && figure.isLabel(lower)) {
      return -1;
    }
    boolean beside =
        sign || lower.charAt(figure.begin() - 1) <= ' ' || figure.begin() - end > MAKER;
    Value value = beside ? names.named(begin, end, remark, sign, figure) : null;
    int before = begin;
    if (value == null
        && sign
        && begin > from
        && BARE.contains(lower.substring(begin, end).strip())) {
      // {"value": 0.75} after "eval_accuracy:"
      int stop = parts.closed(from, begin);
      int brace = lower.substring(from, stop).lastIndexOf('{');
      stop = brace < 0 ? stop : from + brace;
      while (stop > from && LineParts.isBetween(lower.charAt(stop - 1))) {
        stop--;
      }
      before = parts.segment(from, stop);
      value = names.named(before, stop, "", true, figure);
    }
    if (value == null) {
      return -1;
    }
    headings(from, before);
    if (before > 0 && "'\"".indexOf(lower.charAt(before - 1)) >= 0) {
      last = null; // a key of a dictionary says all itself
    }
    take(value);
    return before;
  }

  /** Follows the headings that stand between two places. */
  private void headings(int from, int to) {
    int end = to;
    Split found = null;
    while (end > from && found == null) {
      int begin = parts.segment(from, end);
      List<int[]> words = names.words(begin, end);
      if (words.size() <= HEADING) {
        for (int[] place : words) {
          Split named = names.heading(names.word(place));
          found = named != null ? named : found;
        }
      }
      end = begin - 1;
    }
    heading = found == null ? heading : found;
    last = found == null ? last : null;
  }

  private void take(Value value) {
    boolean told = value.split() != null;
    if (!told && ofBest) {
      return;
    }
    Split split = told ? value.split() : heading != null ? heading : last;
    boolean rate = vocabulary.tag(value.readAs(), null).map(t -> t.split() == null).orElse(false);
    last = told && heading == null && !rate ? split : last;
    boolean as = told || split == null || rate;
    values.add(as ? value : coloured(value, split));
    own.add(as || heading != null);
  }

  private static Value coloured(Value value, Split split) {
    return new Value(
        split.id() + "_" + value.name(),
        split.id() + " " + value.readAs(),
        split,
        value.weak(),
        value.of(),
        value.figure(),
        value.value());
  }
}
