package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/** The metrics that the words before the numbers of a line name. */
final class MetricNames {
  /** Words of a segment that are looked at. */
  private static final int MOST_WORDS = 12;

  private static final int LONGEST_METRIC = 3;

  /** Words beside a metric that say how it was taken. */
  private static final Set<String> QUALIFIERS =
      Set.of(
          ("average avg avg. mean total overall current cur final batch epoch step iter set "
                  + "running smoothed ema grad gradient learning main global")
              .split(" "));

  /** A value that stood for the best, not for the present. */
  private static final Set<String> PAST =
      Set.of("best max min lowest highest target previous prev baseline".split(" "));

  /** Names of parts of a loss and of one of several networks, which stand before "loss". */
  private static final Set<String> PARTS =
      Set.of(
          ("generator discriminator gen disc g d adversarial adv gan critic actor policy value "
                  + "entropy kl kld reconstruction recon rec box bbox obj objectness cls class "
                  + "classification dfl mask rpn seg depth perceptual vgg identity idt cycle style "
                  + "content tv aux auxiliary dice ctc att attention reg regression regularization "
                  + "contrastive triplet id nll teacher student distillation z mtp wgan moe conf "
                  + "confidence loc localization landm landmark hm heatmap wh offset off fm lpips "
                  + "ssim pixel vq commit commitment codebook itc itm")
              .split(" "));

  /** Words that tie a metric to what it was measured on. */
  private static final Set<String> TIES = Set.of("of", "on", "for", "at", "over", "in", "after");

  /** Everyday words that name a metric only where more of the line says so. */
  private static final Set<String> WEAK =
      Set.of(
          ("error err cost hits objective return deviance precision prec bits map l1 reward "
                  + "rewards recall")
              .split(" "));

  /** Metrics that are known without a sign between name and number. */
  private static final Set<String> PLAIN =
      Set.of(
          Quantity.LOSS,
          Quantity.ACCURACY,
          Quantity.LEARNING_RATE,
          Quantity.GRADIENT_NORM,
          Quantity.F1,
          Quantity.MAE,
          Quantity.MSE,
          "rmse",
          "perplexity",
          "auc",
          "bleu",
          "psnr",
          "word-error-rate",
          "acc-5");

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
      if (TIES.contains(word(words.get(i + 1)))) {
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
      Optional<Tag> tag = tag(words, count - k, count).filter(t -> isMetric(t, sign));
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
    return name.endsWith(".py") ? Optional.empty() : vocabulary.tag(name, null);
  }

  private String metric(List<int[]> words, int first, int count) {
    return line.substring(words.get(first)[0], words.get(count - 1)[1]);
  }

  private boolean isMetric(Tag tag, boolean sign) {
    return sign
        ? tag.split() == null || vocabulary.isMetric(tag.quantity())
        : PLAIN.contains(tag.quantity());
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
      if (PAST.contains(before)) {
        return null;
      }
      Split named = part(before);
      if (named == null && !QUALIFIERS.contains(before)) {
        break;
      }
      split = split == null ? named : split;
      begin--;
    }
    if (begin == first
        && first > 0
        && tag.quantity().equals(Quantity.LOSS)
        && PARTS.contains(word(words.get(first - 1)))) {
      begin--;
      metric = metric(words, begin, count).replace(' ', '-');
    }
    for (String word : remark.split("[ ,/]")) {
      if (PAST.contains(word)) {
        return null;
      }
      split = split == null ? part(word) : split;
    }
    boolean weak = WEAK.contains(word(words.get(count - 1)));
    if (weak && begin > 0 && begin == first
        || weak && "step total epoch time".contains(word(words.get(begin)))) {
      return null; // "time cost", "total cost"
    }
    String name = metric(words, begin, count);
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
    return vocabulary
        .part(plain)
        .or(() -> vocabulary.part(plain.substring(plain.lastIndexOf('-') + 1)))
        .orElse(null);
  }

  String word(int[] place) {
    return lower.substring(place[0], place[1]);
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
