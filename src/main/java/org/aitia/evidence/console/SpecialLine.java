package org.aitia.evidence.console;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aitia.run.value.Split;

/**
 * Lines of known programs that say in their own way what they show. What is brought to the usual
 * form stays letter for letter where it was, since names and numbers are looked for by their
 * places.
 */
final class SpecialLine {
  /** Darknet's: step, loss, mean loss, rate. */
  private static final Pattern DARKNET =
      Pattern.compile(
          "^\\s*(\\d{1,9}): (-?[\\d.]{1,20}|-?nan|-?inf), (-?[\\d.]{1,20}|-?nan|-?inf) avg(?: loss)?, ([\\d.]{1,20}) rate\\b");

  /** The first lines of the table that COCO's evaluation prints. */
  private static final Pattern COCO =
      Pattern.compile(
          "average precision\\s{1,8}\\(ap\\) @\\[ iou=(0\\.50:0\\.95|0\\.50) {1,8}\\| area=   all \\| maxdets=\\s?100 \\] = (-?\\d\\.\\d{1,6})");

  /** CatBoost's, which does not say what it measures. */
  private static final Pattern CATBOOST = Pattern.compile("^\\s*\\d{1,9}:\\s{1,4}(?:learn|test): ");

  /** Deeplearning4j's listener: {@code Score at iteration 100 is 0.78}. */
  private static final Pattern SCORE =
      Pattern.compile("score at iteration (\\d{1,12}) is (\\S{1,40})");

  /** CycleGAN and pix2pix name the parts of the losses without the word. */
  private static final Pattern NETWORKS =
      Pattern.compile("^\\s*\\(epoch: \\d{1,9}, iters: \\d{1,12}, time: [\\d.]{1,12}");

  private static final Pattern PART = Pattern.compile("(?<=\\s)([a-z]\\w{0,40}): (?=-?[\\dn])");

  /** Parts of the loss of an autoencoder and their sum, named without the word. */
  private static final Pattern TERM =
      Pattern.compile("(?<![\\w/])(rec|recon|reconstruction|kl|kld|total)(?=\\s?[=:]\\s?-?[\\dn])");

  /** The network behind the word: {@code Loss Discriminator: 0.7}. */
  private static final Pattern BEHIND =
      Pattern.compile("(?<![\\w/])loss[ _]([a-z]{1,20})(?=\\s?[=:])");

  /** One row of an evaluation, of which the mean over all is told at its end. */
  private static final Pattern ONE_SAMPLE = Pattern.compile("[\\s\\W]{0,20}sample:? \\d{1,9}\\b");

  /** Results of one kind of entity alone, as conlleval has them. */
  private static final Pattern ONE_ENTITY =
      Pattern.compile("(?:^|\\s)[\\w.-]{1,60}: precision:\\s{1,9}[\\d.]{1,9}%; recall:");

  /** Results of one class: {@code Class 5: IoU=0.2}, {@code class [5], IoU: 0.2}. */
  private static final Pattern ONE_CLASS =
      Pattern.compile(
          "[\\s\\W]{0,20}(?:class|category|label)(?: id)?\\s?[:#]?\\s?[\\[(]?\\d{1,5}\\b");

  /** A row of scikit-learn's report. */
  private static final Pattern REPORTED =
      Pattern.compile("^\\s*\\S[^:=]{0,60}?(?:\\s{2,}[01]\\.\\d{1,4}){3}\\s{2,}\\d{1,12}\\s*$");

  /** What launchers put before the lines of each rank. */
  private static final Pattern RANK =
      Pattern.compile(
          "\\s{0,4}(?:\\[(?:default|rank) ?(\\d{1,5})\\]:?|\\[\\d{1,6},(\\d{1,5})\\]<std(?:out|err)>:?|rank[ _]?(\\d{1,5})(?:/\\d{1,5})? ?[:|]"
              + "|(\\d{1,5}): (?=\\s{0,2}(?:epoch|iter|step|\\* |info\\b|\\d{4}[-/]\\d\\d)))\\s{0,4}",
          Pattern.CASE_INSENSITIVE);

  /** What a manager of processes puts before what they print. */
  private static final Pattern PROCESS = Pattern.compile("\\d{1,4}\\|[\\w.-]{1,40} {0,20}\\| ?");

  /** A result as MLPerf logs it. */
  private static final Pattern MLPERF =
      Pattern.compile(
          "^:::mll(?:og|v\\S{1,20}) .{0,300}\"key\": \"(eval_accuracy|train_loss|eval_loss|eval_error)\", \"value\": (-?[\\d.e-]{1,24}|nan),.{0,300}\"(epoch_num|step_num)\": ([\\d.]{1,12})");

  private SpecialLine() {}

  /** A line without what a manager of processes put before it. */
  static String plain(String line) {
    Matcher process = line.indexOf('|') > 0 ? PROCESS.matcher(line) : null;
    return process != null && process.lookingAt() ? line.substring(process.end()) : line;
  }

  /**
   * What a launcher put before a line.
   *
   * @param number the rank
   * @param end where the line itself begins
   */
  record Rank(String number, int end) {}

  /** What a launcher put before a line; empty when nothing. */
  static Optional<Rank> rank(String line) {
    Matcher rank = RANK.matcher(line);
    return rank.lookingAt()
        ? IntStream.rangeClosed(1, rank.groupCount())
            .mapToObj(rank::group)
            .filter(Objects::nonNull)
            .findFirst()
            .map(number -> new Rank(number, rank.end()))
        : Optional.empty();
  }

  /** Reads a line in lower case; empty when it is none of these. */
  static Optional<ConsoleLine> of(String lower) {
    Matcher darknet = lower.contains(" rate") ? DARKNET.matcher(lower) : null;
    if (darknet != null && darknet.lookingAt()) {
      return Optional.of(darknet(darknet));
    }
    Matcher coco = lower.contains("average precision") ? COCO.matcher(lower) : null;
    return coco != null && coco.find() ? Optional.of(coco(coco)) : Optional.empty();
  }

  /** Whether a line in lower case shows results of a part alone, beside those over all. */
  static boolean isOfOnePart(String lower) {
    return lower.contains("sample") && ONE_SAMPLE.matcher(lower).lookingAt()
        || lower.contains(": precision:") && ONE_ENTITY.matcher(lower).find()
        || (lower.contains("class") || lower.contains("category") || lower.contains("label"))
            && ONE_CLASS.matcher(lower).lookingAt()
        || lower.contains("  ") && REPORTED.matcher(lower).lookingAt();
  }

  /** A line in lower case as it is usually written; the line itself where it is of no such form. */
  static String usual(String lower) {
    if ((lower.contains("learn: ") || lower.contains("test: "))
        && CATBOOST.matcher(lower).lookingAt()) {
      return lower.replace("learn:", "train_goal:").replace("test:", "test_goal:");
    }
    if (lower.contains("nme:") || lower.contains("nme\":") || lower.contains("pck")) {
      // the area under a curve over distances, of key points
      return lower.replace("auc:", "pck:").replace("auc\":", "pck\":");
    }
    Matcher mlperf = lower.startsWith(":::mll") ? MLPERF.matcher(lower) : null;
    if (mlperf != null && mlperf.find()) {
      String place = mlperf.group(3).equals("epoch_num") ? "epoch " : "step ";
      return place + mlperf.group(4) + " " + mlperf.group(1) + ": " + mlperf.group(2);
    }
    Matcher score = lower.contains("score at") ? SCORE.matcher(lower) : null;
    if (score != null && score.find()) {
      return "iteration " + score.group(1) + " loss: " + score.group(2);
    }
    Matcher networks = lower.contains("(epoch: ") ? NETWORKS.matcher(lower) : null;
    if (networks != null && networks.lookingAt() && lower.indexOf(')') > 0) {
      int from = lower.indexOf(')') + 1;
      return lower.substring(0, from) + PART.matcher(lower.substring(from)).replaceAll("$1_loss: ");
    }
    if (lower.contains("loss") && !lower.contains("best")) {
      return ProgramLine.usual(
          BEHIND
              .matcher(lower)
              .replaceAll(m -> MetricWords.NETWORKS.contains(m.group(1)) ? "$1_loss" : "$0"));
    }
    boolean terms = lower.contains("kl") && lower.contains("total") && lower.contains("ep");
    return ProgramLine.usual(terms ? TERM.matcher(lower).replaceAll("$1_loss") : lower);
  }

  private static ConsoleLine coco(Matcher m) {
    Figure figure = Figure.next(m.group(2), 0);
    String name = m.group(1).equals("0.50:0.95") ? "validation map" : "validation map50";
    return new ConsoleLine(
        LinePlace.NONE,
        true,
        Split.VALIDATION,
        List.of(new LineValues.Value(name, name, Split.VALIDATION, false, figure, figure.value())));
  }

  private static ConsoleLine darknet(Matcher m) {
    Figure loss = Figure.next(m.group(2), 0);
    Figure rate = Figure.next(m.group(4), 0);
    double step = Double.parseDouble(m.group(1));
    List<LineValues.Value> values =
        List.of(
            new LineValues.Value("loss", "loss", null, false, loss, loss.value()),
            new LineValues.Value("rate", "lr", null, false, rate, rate.value()));
    return new ConsoleLine(LinePlace.at(step), false, null, values);
  }
}
