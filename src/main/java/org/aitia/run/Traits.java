package org.aitia.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.script.syntax.Script;

/**
 * Of what kind a run is, in the words that {@code checks.yaml} uses for what makes a check
 * pointless. What most runs are, a run is unless its files say otherwise; what few are, only by a
 * sign of it in its scripts, settings, file names or series.
 */
public final class Traits {
  /** What a run is unless its files say otherwise. */
  private static final Set<String> USUAL = Set.of("network", "mixed-precision");

  /** What is written where a run is of a kind that few are; in lower case. */
  private static final Map<String, List<String>> SIGNS =
      Map.of(
          "boosting",
          List.of("xgboost", "lightgbm", "catboost", "num_leaves", "binary_logloss", "mlogloss"),
          "policy",
          List.of("reward", "episod", "gymnasium", "import gym", "stable_baselines3", "ep_len"),
          "adapter",
          List.of("lora_", "loraconfig", "lora-", "peft", "adapter"),
          "several-networks",
          List.of(
              "discriminator",
              "generator_loss",
              "loss_d",
              "loss_g",
              "d(g(z))",
              "critic_",
              "_critic"),
          "several-workers",
          List.of("distributed", "world_size", "local_rank", "ddp", "nproc_per_node", "rank_size"),
          "averaged-weights",
          List.of("ema_", "_ema", "ema)", "modelema", "swa_", "averagedmodel", "average-decay"),
          "tokens",
          List.of("token", "vocab", "perplexity", "lstm", "bert", "gpt", "llama", "pad_"),
          "annotations",
          List.of("bbox", "anchor", "segment", "detect", "yolo", "coco", "iou", "map50"));

  /** Words of the number formats that hold every gradient. */
  private static final Set<String> WHOLE =
      Set.of("32", "fp32", "float32", "32-true", "full", "no", "none", "off", "false", "64");

  private static final List<String> HALF =
      List.of(
          ".amp",
          "amp.",
          "amp_",
          "autocast",
          "gradscaler",
          "fp16",
          "bf16",
          "half(",
          "float16",
          "mixed",
          "loss_scale",
          "lossscale");

  private static final List<String> NETWORKS =
      List.of("torch", "keras", "tensorflow", "mindspore", "paddle", "jax", "mxnet");

  /** What scripts import of each framework; the first that is found counts. */
  private static final Map<String, List<String>> FRAMEWORKS =
      new TreeMap<>(
          Map.of(
              "mindspore", List.of("mindspore", "mindcv", "mindnlp", "mindyolo"),
              "pytorch", List.of("torch", "lightning", "pytorch_lightning", "transformers", "timm"),
              "keras", List.of("keras", "tensorflow")));

  private Traits() {}

  /** Everything that there is. */
  public static Set<String> all() {
    Set<String> all = new TreeSet<>(SIGNS.keySet());
    all.addAll(USUAL);
    return all;
  }

  /** What the run is, as far as its files tell. */
  public static Set<String> of(Run run) {
    if (run.measurements().isPresent()) {
      return run.measurements().get().traits();
    }
    List<String> written = written(run);
    Set<String> found = new TreeSet<>(USUAL);
    SIGNS.forEach(
        (trait, signs) -> {
          if (any(written, signs)) {
            found.add(trait);
          }
        });
    if (found.contains("boosting") && !isNetwork(run)) {
      found.removeAll(USUAL);
    } else {
      found.remove("boosting");
    }
    if (isWhole(run)) {
      found.remove("mixed-precision");
    }
    return found;
  }

  /** The framework that the run says it was made with, or that its scripts import. */
  public static Optional<String> framework(Run run) {
    return run.fact("framework")
        .map(f -> f.toLowerCase(Locale.ROOT))
        .or(
            () ->
                FRAMEWORKS.entrySet().stream()
                    .filter(e -> e.getValue().stream().anyMatch(m -> imports(run, m)))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  private static boolean imports(Run run, String module) {
    return lines(run)
        .anyMatch(l -> l.startsWith("import " + module) || l.startsWith("from " + module));
  }

  private static boolean isNetwork(Run run) {
    return run.model().isPresent()
        || !run.layers().isEmpty()
        || run.config().has(Setting.OPTIMIZER)
        || any(lines(run).toList(), NETWORKS);
  }

  private static boolean isWhole(Run run) {
    String format = run.config().text(Setting.PRECISION).orElse(null);
    if (format != null) {
      return WHOLE.contains(format.toLowerCase(Locale.ROOT));
    }
    boolean scaled =
        run.series().keySet().stream().anyMatch(k -> k.quantity().equals(Quantity.LOSS_SCALE));
    return !run.scripts().isEmpty() && !scaled && !any(lines(run).toList(), HALF);
  }

  private static boolean any(List<String> texts, List<String> signs) {
    return texts.stream().anyMatch(t -> signs.stream().anyMatch(t::contains));
  }

  private static Stream<String> lines(Run run) {
    return run.scripts().stream()
        .map(Script::lines)
        .flatMap(List::stream)
        .map(l -> l.toLowerCase(Locale.ROOT));
  }

  /** Lines of scripts, names and values of settings, names of files and of series. */
  private static List<String> written(Run run) {
    List<String> found = new ArrayList<>(lines(run).toList());
    run.config()
        .settings()
        .forEach((s, e) -> found.add((s.id() + " " + e.value()).toLowerCase(Locale.ROOT)));
    run.config()
        .others()
        .forEach((path, e) -> found.add((path + " " + e.value()).toLowerCase(Locale.ROOT)));
    run.files().forEach(f -> found.add(f.file().toLowerCase(Locale.ROOT)));
    for (SeriesKey key : run.series().keySet()) {
      found.add(key.quantity());
      run.series()
          .get(key)
          .forEach(s -> found.add(String.valueOf(s.source().tag()).toLowerCase(Locale.ROOT)));
    }
    return found;
  }
}
