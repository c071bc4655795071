package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/** The metrics that the words before the numbers of a line name. */
final class MetricNames {
  /** Words of a segment that are looked at. */
  private static final int MOST_WORDS = 12;

  private static final int LONGEST_METRIC = 3;

  /** A unit of time behind a number. */
  private static final Pattern DURATION =
      Pattern.compile("\\s?(?:m?s|secs?|seconds?|mins?|minutes?|hours?)\\b");

  private final String line;
  private final String lower;
  private final Vocabulary vocabulary;

  MetricNames(String line, String lower, Vocabulary vocabulary) {
    this.line = line;
    this.lower = lower;
    this.vocabulary = vocabulary;
  }

  LineValues.Value named(int begin, int end, String remark, boolean sign, Figure figure) {
    List<int[]> words = words(begin, end);
    int count = words.size();
    if (count > 2
        && word(words.get(count - 1)).equals("far")
        && word(words.get(count - 2)).equals("so")) {
      words = words.subList(0, count - 2); // "avg loss so far"
    }
    if (words.isEmpty()) {
      return null;
    }
    int label = words.size() - 1;
    if (!sign && label > 0 && word(words.get(label)).chars().allMatch(Character::isDigit)) {
      String number = word(words.get(label));
      LineValues.Value of = suffix(words, label, remark, false, figure);
      return of == null ? null : of.named(of.name() + " " + number);
    }
    LineValues.Value found = suffix(words, words.size(), remark, sign, figure);
    if (found != null || !sign) {
      return found;
    }
    for (int i = 0; i + 1 < words.size(); i++) {
      if (MetricWords.TIES.contains(word(words.get(i + 1)))) {
        found = suffix(words, i + 1, rest(words, i + 1) + " " + remark, true, figure);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private String rest(List<int[]> words, int from) {
    return lower.substring(words.get(from)[0], words.get(words.size() - 1)[1]);
  }

  private LineValues.Value suffix(
      List<int[]> words, int count, String remark, boolean sign, Figure figure) {
    for (int k = Math.min(LONGEST_METRIC, count); k >= 1; k--) {
      int first = count - k;
      Optional<Tag> tag =
          tag(words, first, count)
              .filter(t -> isMetric(t, sign) || isMeasured(words, first, t, figure));
      if (tag.isPresent()) {
        return value(words, count - k, count, tag.get(), remark, figure);
      }
    }
    return sign
        ? tag(words, count - 1, count)
            .filter(t -> isLoss(t.quantity()) || t.quantity().contains("auc"))
            .map(t -> value(words, count - 1, count, t, remark, figure))
            .orElse(null)
        : null;
  }

  private Optional<Tag> tag(List<int[]> words, int first, int count) {
    for (int i = first; i < count; i++) {
      char begin = lower.charAt(words.get(i)[0]);
      if (Character.isDigit(begin) || begin == '-') {
        return Optional.empty();
      }
    }
    String name = metric(words, first, count);
    boolean none = MetricWords.SOURCE.matcher(name).find() || MetricWords.isTime(name);
    return none ? Optional.empty() : vocabulary.tag(name, null);
  }

  private String metric(List<int[]> words, int first, int count) {
    return line.substring(words.get(first)[0], words.get(count - 1)[1]);
  }

  private boolean isMetric(Tag tag, boolean sign) {
    return sign
        ? tag.split() == null || vocabulary.isMetric(tag.quantity())
        : MetricWords.PLAIN.contains(tag.quantity());
  }

  /** Whether a number without a sign follows a metric and its data: {@code test error 7.85 %}. */
  private boolean isMeasured(List<int[]> words, int first, Tag tag, Figure figure) {
    boolean told =
        tag.stated() && tag.split() != null
            || first > 0 && part(word(words.get(first - 1))) != null;
    return told && (!figure.whole() || figure.percent()) && vocabulary.isMetric(tag.quantity());
  }

  private static boolean isLoss(String quantity) {
    return quantity.endsWith("loss")
        || quantity.startsWith("loss-")
        || quantity.contains("-loss-"); // avg_loss_tgt
  }

  /** The value under a metric's name, with the words before it that belong to it. */
  private LineValues.Value value(
      List<int[]> words, int first, int count, Tag tag, String remark, Figure figure) {
    String metric = metric(words, first, count);
    Split split = tag.stated() ? tag.split() : null;
    int begin = first;
    while (begin > 0) {
      String before = word(words.get(begin - 1));
      if (MetricWords.PAST.contains(before)) {
        return null;
      }
      Split named = part(before);
      if (named == null && !MetricWords.QUALIFIERS.contains(before)) {
        break;
      }
      split = split == null ? named : split;
      begin--;
    }
    if (begin == first
        && first > 0
        && tag.quantity().equals(Quantity.LOSS)
        && MetricWords.PARTS.contains(word(words.get(first - 1)))) {
      begin--;
      String head = begin == 0 ? "" : word(words.get(begin - 1));
      begin -= MetricWords.HEAD.matcher(head).matches() ? 1 : 0;
      metric = metric(words, begin, count).replace(' ', '-');
    }
    String opening = strip(word(words.get(0)));
    if (begin > 0 && MetricWords.BEST.contains(opening)) {
      return null;
    }
    Split opened = split == null && begin > 0 ? part(opening) : null; // "Val epoch 0 has acc"
    split = split == null ? opened : split;
    for (String word : remark.split("[ ,/]")) {
      if (MetricWords.PAST.contains(word)) {
        return null;
      }
      split = split == null ? part(word) : split;
    }
    String last = word(words.get(count - 1));
    if (begin > 0 && MetricWords.isDistance(last, strip(word(words.get(begin - 1))))) {
      return null;
    }
    boolean rewarded = count - begin > 1 && MetricWords.REWARDS.contains(last); // "mean reward"
    boolean weak = MetricWords.WEAK.contains(last) && !rewarded;
    if (weak && begin > 0 && begin == first && opened == null
        || weak && "step total epoch time".contains(word(words.get(begin)))
        || weak && DURATION.matcher(lower).region(figure.end(), lower.length()).lookingAt()) {
      return null; // "time cost", "total cost", "cost: 673.2 sec"
    }
    String name = (opened == null ? "" : opened.id() + " ") + metric(words, begin, count);
    if (tag.split() == null) {
      return new LineValues.Value(name, metric, null, false, figure, figure.value());
    }
    String readAs = split == null || tag.stated() ? metric : split.id() + " " + metric;
    String of = begin == 0 ? "" : strip(word(words.get(begin - 1)));
    return new LineValues.Value(
        name, readAs, split, weak, of, figure, value(figure, tag.quantity(), remark));
  }

  private double value(Figure figure, String quantity, String remark) {
    boolean share = vocabulary.family(quantity).percent();
    if (share
        && figure.whole()
        && figure.of() >= figure.value()
        && figure.of() > 0
        && !figure.percent()) {
      return figure.value() / figure.of();
    }
    return share && (figure.percent() || remark.contains("%"))
        ? figure.value() / 100
        : figure.value();
  }

  /** Whether a segment is one word, the name of a loss or metric with its part of the data. */
  boolean isWhole(int begin, int end) {
    String name = lower.substring(begin, end).strip();
    Tag tag = name.indexOf(' ') < 0 ? vocabulary.tag(name, null).orElse(null) : null;
    return tag != null && tag.stated() && vocabulary.isMetric(tag.quantity());
  }

  List<int[]> words(int begin, int end) {
    List<int[]> found = new ArrayList<>();
    int i = end;
    while (i > begin && found.size() < MOST_WORDS) {
      while (i > begin && lower.charAt(i - 1) <= ' ') {
        i--;
      }
      int stop = i;
      while (i > begin && lower.charAt(i - 1) > ' ') {
        i--;
      }
      if (stop > i) {
        found.add(0, new int[] {i, stop});
      }
    }
    return found;
  }

  /** The part of the data that a word names, alone or with a number: {@code valid_1}. */
  private Split part(String word) {
    String plain = strip(word);
    int end = plain.length();
    while (end > 0 && (Character.isDigit(plain.charAt(end - 1)) || plain.charAt(end - 1) == '_')) {
      end--;
    }
    return vocabulary.part(plain.substring(0, end)).orElse(null);
  }

  /** The part of the data that a word names by itself or at its end: {@code Diff-Val}. */
  Split heading(String word) {
    if (word.indexOf('/') >= 0) {
      return null;
    }
    String plain = strip(word);
    int end = plain.lastIndexOf('_');
    boolean results =
        end > 0 && MetricWords.RESULTS.contains(plain.substring(end + 1)); // dev_metrics: {...}
    return vocabulary
        .part(results ? plain.substring(0, end) : plain)
        .or(() -> vocabulary.part(plain.substring(plain.lastIndexOf('-') + 1)))
        .orElse(null);
  }

  String word(int[] place) {
    return lower.substring(place[0], place[1]);
  }

  /** Whether a line begins with a word for the best that was reached. */
  static boolean isOfBest(String lower) {
    int end = lower.indexOf(' ');
    return end > 0 && end < 10 && MetricWords.BEST.contains(lower.substring(0, end));
  }

  static String strip(String word) {
    int begin = 0;
    int end = word.length();
    while (begin < end && !Character.isLetterOrDigit(word.charAt(begin))) {
      begin++;
    }
    while (end > begin && !Character.isLetterOrDigit(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(begin, end);
  }
}
