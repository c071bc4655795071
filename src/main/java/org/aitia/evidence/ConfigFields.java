package org.aitia.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.run.RunBuilder;
import org.aitia.run.Setting;
import org.aitia.run.Source;

/** The names that settings go by in config files, and the one name the reasoning knows them by. */
final class ConfigFields {
  /** By the whole dotted path, or failing that by its last part. */
  private static final Map<String, Setting> NAMES =
      Map.ofEntries(
          Map.entry("task", Setting.TASK),
          Map.entry("classes", Setting.CLASSES),
          Map.entry("num-classes", Setting.CLASSES),
          Map.entry("n-classes", Setting.CLASSES),
          Map.entry("optimizer", Setting.OPTIMIZER),
          Map.entry("optimizer.name", Setting.OPTIMIZER),
          Map.entry("optimizer.type", Setting.OPTIMIZER),
          Map.entry("optimizer-name", Setting.OPTIMIZER),
          Map.entry("optim", Setting.OPTIMIZER),
          Map.entry("opt", Setting.OPTIMIZER),
          Map.entry("learning-rate", Setting.LEARNING_RATE),
          Map.entry("lr", Setting.LEARNING_RATE),
          Map.entry("base-lr", Setting.LEARNING_RATE),
          Map.entry("lr0", Setting.LEARNING_RATE),
          Map.entry("momentum", Setting.MOMENTUM),
          Map.entry("weight-decay", Setting.WEIGHT_DECAY),
          Map.entry("wd", Setting.WEIGHT_DECAY),
          Map.entry("l2", Setting.WEIGHT_DECAY),
          Map.entry("epsilon", Setting.EPSILON),
          Map.entry("eps", Setting.EPSILON),
          Map.entry("loss", Setting.LOSS),
          Map.entry("loss.name", Setting.LOSS),
          Map.entry("criterion", Setting.LOSS),
          Map.entry("loss-fn", Setting.LOSS),
          Map.entry("loss-function", Setting.LOSS),
          Map.entry("loss.expects", Setting.LOSS_EXPECTS),
          Map.entry("loss.reduction", Setting.LOSS_REDUCTION),
          Map.entry("reduction", Setting.LOSS_REDUCTION),
          Map.entry("label-smoothing", Setting.LABEL_SMOOTHING),
          Map.entry("label-smoothing-factor", Setting.LABEL_SMOOTHING),
          Map.entry("batch-size", Setting.BATCH_SIZE),
          Map.entry("batch", Setting.BATCH_SIZE),
          Map.entry("train-batch-size", Setting.BATCH_SIZE),
          Map.entry("per-device-train-batch-size", Setting.BATCH_SIZE),
          Map.entry("gradient-accumulation-steps", Setting.ACCUMULATION_STEPS),
          Map.entry("accumulate-grad-batches", Setting.ACCUMULATION_STEPS),
          Map.entry("epochs", Setting.EPOCHS),
          Map.entry("max-epochs", Setting.EPOCHS),
          Map.entry("num-epochs", Setting.EPOCHS),
          Map.entry("num-train-epochs", Setting.EPOCHS),
          Map.entry("n-epochs", Setting.EPOCHS),
          Map.entry("max-steps", Setting.MAX_STEPS),
          Map.entry("precision", Setting.PRECISION),
          Map.entry("dtype", Setting.PRECISION),
          Map.entry("loss-scale", Setting.LOSS_SCALE),
          Map.entry("gradient-clip", Setting.GRADIENT_CLIP),
          Map.entry("gradient-clip-val", Setting.GRADIENT_CLIP),
          Map.entry("grad-clip", Setting.GRADIENT_CLIP),
          Map.entry("clip-grad", Setting.GRADIENT_CLIP),
          Map.entry("clip-norm", Setting.GRADIENT_CLIP),
          Map.entry("clipnorm", Setting.GRADIENT_CLIP),
          Map.entry("max-grad-norm", Setting.GRADIENT_CLIP),
          Map.entry("scheduler", Setting.SCHEDULER),
          Map.entry("scheduler.name", Setting.SCHEDULER),
          Map.entry("lr-scheduler", Setting.SCHEDULER),
          Map.entry("lr-scheduler-type", Setting.SCHEDULER),
          Map.entry("schedule", Setting.SCHEDULER),
          Map.entry("warmup", Setting.WARMUP),
          Map.entry("warmup-steps", Setting.WARMUP),
          Map.entry("warmup-epochs", Setting.WARMUP),
          Map.entry("seed", Setting.SEED),
          Map.entry("shuffle", Setting.SHUFFLE),
          Map.entry("target.metric", Setting.TARGET_METRIC),
          Map.entry("target.value", Setting.TARGET_VALUE),
          Map.entry("dropout", Setting.DROPOUT),
          Map.entry("dropout-rate", Setting.DROPOUT),
          Map.entry("augmentation", Setting.AUGMENTATION),
          Map.entry("augment", Setting.AUGMENTATION),
          Map.entry("initialization", Setting.INITIALIZATION),
          Map.entry("frozen", Setting.FROZEN),
          Map.entry("freeze", Setting.FROZEN),
          Map.entry("freeze-backbone", Setting.FROZEN),
          Map.entry("pretrained", Setting.PRETRAINED),
          Map.entry("model", Setting.MODEL_TYPE),
          Map.entry("model.type", Setting.MODEL_TYPE),
          Map.entry("model.name", Setting.MODEL_TYPE),
          Map.entry("model-type", Setting.MODEL_TYPE),
          Map.entry("arch", Setting.MODEL_TYPE),
          Map.entry("hidden", Setting.HIDDEN),
          Map.entry("hidden-sizes", Setting.HIDDEN),
          Map.entry("hidden-dim", Setting.HIDDEN),
          Map.entry("channels", Setting.HIDDEN),
          Map.entry("activation", Setting.ACTIVATION),
          Map.entry("output-activation", Setting.OUTPUT_ACTIVATION),
          Map.entry("normalization", Setting.NORMALIZATION),
          Map.entry("class-weights", Setting.CLASS_WEIGHTS),
          Map.entry("class-weight", Setting.CLASS_WEIGHTS),
          Map.entry("random-seed", Setting.SEED),
          Map.entry("manual-seed", Setting.SEED),
          Map.entry("random-state", Setting.SEED),
          Map.entry("bs", Setting.BATCH_SIZE),
          Map.entry("batchsize", Setting.BATCH_SIZE),
          Map.entry("mini-batch-size", Setting.BATCH_SIZE),
          Map.entry("initial-learning-rate", Setting.LEARNING_RATE),
          Map.entry("learning-rate-init", Setting.LEARNING_RATE),
          Map.entry("initial-lr", Setting.LEARNING_RATE),
          Map.entry("lr-init", Setting.LEARNING_RATE),
          Map.entry("max-epoch", Setting.EPOCHS),
          Map.entry("nb-epochs", Setting.EPOCHS),
          Map.entry("accumulation-steps", Setting.ACCUMULATION_STEPS),
          Map.entry("grad-accum", Setting.ACCUMULATION_STEPS),
          Map.entry("adam-epsilon", Setting.EPSILON),
          Map.entry("grad-clip-norm", Setting.GRADIENT_CLIP),
          Map.entry("clip-grad-norm", Setting.GRADIENT_CLIP),
          Map.entry("gradient-clipping", Setting.GRADIENT_CLIP),
          Map.entry("scheduler-name", Setting.SCHEDULER),
          Map.entry("sched", Setting.SCHEDULER),
          Map.entry("lr-schedule", Setting.SCHEDULER),
          Map.entry("scheduler-warmup-steps", Setting.WARMUP),
          Map.entry("augmentation.name", Setting.AUGMENTATION),
          Map.entry("augmentation-name", Setting.AUGMENTATION),
          Map.entry("init.kind", Setting.INITIALIZATION),
          Map.entry("init-kind", Setting.INITIALIZATION),
          Map.entry("loss-name", Setting.LOSS),
          Map.entry("optimizer.class-name", Setting.OPTIMIZER),
          Map.entry("mixed-precision", Setting.PRECISION),
          Map.entry("act", Setting.ACTIVATION),
          Map.entry("activation-fn", Setting.ACTIVATION),
          Map.entry("drop-rate", Setting.DROPOUT),
          Map.entry("early-stopping", Setting.EARLY_STOPPING));

  /** What a flag that is true says about the precision. */
  private static final Map<String, String> PRECISION_FLAGS =
      Map.of("fp16", "amp-fp16", "bf16", "amp-bf16", "amp", "amp-fp16", "use-amp", "amp-fp16");

  private static final int MAX_DEPTH = 40;

  private ConfigFields() {}

  /** A {@code config} record of a run record. */
  static void record(JsonNode node, String file, RunBuilder run) {
    node.fields()
        .forEachRemaining(
            f -> {
              if (!f.getKey().equals("type")) {
                take(f.getKey(), f.getValue(), file, run, 0);
              }
            });
  }

  /** Every setting of a config file, whatever its nesting. */
  static void tree(JsonNode node, String file, RunBuilder run) {
    node.fields().forEachRemaining(f -> take(f.getKey(), f.getValue(), file, run, 0));
  }

  private static void take(String path, JsonNode value, String file, RunBuilder run, int depth) {
    if (value.isObject()) {
      if (depth < MAX_DEPTH) {
        value
            .fields()
            .forEachRemaining(
                f -> take(path + "." + f.getKey(), f.getValue(), file, run, depth + 1));
      }
      return;
    }
    Object found = value.isArray() ? list(value) : Json.scalar(value);
    Source from = new Source(file, path);
    Setting setting = setting(path);
    String flag = value.isBoolean() && value.booleanValue() ? precision(path) : null;
    if (flag != null) {
      run.setting(Setting.PRECISION, flag, from);
    } else if (setting == null && path.equals("type")) {
      run.setting(Setting.MODEL_TYPE, found, from);
    } else if (setting == null) {
      run.other(path, found, from);
    } else if (says(setting, found)) {
      run.setting(setting, number(found), from);
    }
  }

  private static String precision(String path) {
    String plain = plain(path);
    return PRECISION_FLAGS.get(plain.substring(plain.lastIndexOf('.') + 1));
  }

  /** Whether a value says anything: "None" and a step limit of -1 stand for "not set". */
  private static boolean says(Setting setting, Object value) {
    if (value instanceof String s) {
      String plain = s.strip().toLowerCase(Locale.ROOT);
      return !plain.equals("null")
          && !(plain.equals("none") && setting != Setting.OUTPUT_ACTIVATION)
          && !(plain.equals("no") && setting == Setting.PRECISION);
    }
    return !(setting == Setting.MAX_STEPS && value instanceof Number n && n.doubleValue() <= 0);
  }

  /** YAML reads {@code 1e-4} as text: a number is meant. */
  private static Object number(Object value) {
    if (value instanceof String s && !Double.isNaN(Json.number(s))) {
      return Json.number(s);
    }
    return value;
  }

  private static String plain(String path) {
    String plain = path.toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-");
    // Weights & Biases wraps each value: "learning_rate: {desc: null, value: 0.1}"
    return plain.endsWith(".value") && !plain.endsWith("target.value")
        ? plain.substring(0, plain.length() - ".value".length())
        : plain;
  }

  private static List<Object> list(JsonNode array) {
    List<Object> items = new ArrayList<>();
    for (JsonNode item : array) {
      Object scalar = Json.scalar(item);
      if (scalar != null && items.size() < 1_000) {
        items.add(scalar);
      }
    }
    return items;
  }

  /** The setting that a dotted path names, or null. */
  static Setting setting(String path) {
    String plain = plain(path);
    Setting whole = NAMES.get(plain);
    if (whole != null) {
      return whole;
    }
    int dot = plain.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    int before = plain.lastIndexOf('.', dot - 1);
    Setting two = NAMES.get(plain.substring(before + 1));
    if (two != null) {
      return two;
    }
    String last = plain.substring(dot + 1);
    // "name" or "type" alone say nothing: they belong to whatever they stand under
    return last.equals("name") || last.equals("type") ? null : NAMES.get(last);
  }
}
