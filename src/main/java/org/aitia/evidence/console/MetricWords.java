package org.aitia.evidence.console;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.run.curve.Quantity;

/** Words beside and within the names of metrics. */
final class MetricWords {
  /** Words beside a metric that say how it was taken. */
  static final Set<String> QUALIFIERS =
      Set.of(
          ("average avg avg. mean total overall current cur final batch epoch step iter set "
                  + "running smoothed ema grad gradient learning main global")
              .split(" "));

  /** A value that stood for the best, not for the present. */
  static final Set<String> PAST =
      Set.of("best max min lowest highest target previous prev baseline".split(" "));

  /** Names of one of several networks, which stand before "loss", or behind it. */
  static final Set<String> NETWORKS =
      Set.of("generator discriminator encoder decoder critic actor g d".split(" "));

  /** Names of parts of a loss and of one of several networks, which stand before "loss". */
  static final Set<String> PARTS =
      union(
          NETWORKS,
          ("gen disc adversarial adv gan policy value entropy kl kld reconstruction recon rec box bbox obj objectness cls class "
                  + "classification dfl mask rpn seg depth perceptual vgg identity idt cycle style "
                  + "content tv aux auxiliary dice ctc att attention reg regression regularization "
                  + "contrastive triplet id nll teacher student distillation z mtp wgan moe conf "
                  + "confidence loc localization landm landmark hm heatmap wh offset off fm lpips "
                  + "ssim pixel vq commit commitment codebook itc itm surrogate function")
              .split(" "));

  /** Words that tie a metric to what it was measured on. */
  static final Set<String> TIES = Set.of("of", "on", "for", "at", "over", "in", "after");

  /** Everyday words that name a metric only where more of the line says so. */
  static final Set<String> WEAK =
      Set.of(
          ("error err cost hits objective return deviance precision prec bits map l1 reward "
                  + "rewards recall")
              .split(" "));

  /** What a batch or an epoch costs is time. */
  private static final Set<String> TIMES =
      Set.of(
          "batch_cost reader_cost data_cost avg_batch_cost avg_reader_cost step_cost epoch_cost time_cost"
              .split(" "));

  static boolean isTime(String name) {
    return TIMES.contains(name.toLowerCase(java.util.Locale.ROOT));
  }

  static final Set<String> REWARDS = Set.of("reward", "rewards", "return");

  /** What an error is a distance of, and no share of wrong answers. */
  private static final Set<String> DISTANCES =
      Set.of(
          ("spec spectrogram mel reconstruction recon reprojection angular angle rotation translation "
                  + "position pose orientation joint pixel depth distance relative prediction tracking "
                  + "endpoint end-point heading trajectory energy force td bellman")
              .split(" "));

  /** Whether an error is one of a distance, by the word before it. */
  static boolean isDistance(String metric, String before) {
    int hyphen = before.lastIndexOf('-');
    boolean error = metric.equals("error") || metric.equals("err");
    return error && DISTANCES.contains(before.substring(hyphen + 1))
        || error && DISTANCES.contains(before);
  }

  /** Metrics that are known without a sign between name and number. */
  static final Set<String> PLAIN =
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

  /** The file of a program, which stands before the number of its line. */
  static final Pattern SOURCE =
      Pattern.compile("\\.(?:py|pyx|cu|cuh|cc|cpp|h|hpp|c|rs|go|java|lua)$");

  /**
   * One of several heads of a model, whose losses have parts of one name: {@code pal1 conf loss}.
   */
  static final Pattern HEAD = Pattern.compile("(?!epoch|step|iter|gpu|rank)[a-z]{1,20}\\d{1,2}");

  static final Set<String> RESULTS = Set.of("metrics", "results", "scores", "stats");

  /** Words that begin what is said of the best, not of the present. */
  static final Set<String> BEST = Set.of("best", "lowest", "highest");

  private static Set<String> union(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  private MetricWords() {}
}
