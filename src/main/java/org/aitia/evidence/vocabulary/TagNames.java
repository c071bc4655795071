package org.aitia.evidence.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;

/**
 * Reads the names of columns and tags: {@code val_loss}, {@code Loss/train}, {@code
 * train_acc_step}, {@code epoch_learning_rate}, {@code lr-AdamW} ...
 */
final class TagNames {
  /** Longest name that is looked at: longer ones name no metric. */
  static final int MAX_LENGTH = 200;

  /** Words that may stand beside "gradient norm" when the norm over all parameters is meant. */
  private static final Set<String> WHOLE_NORM =
      Set.of(
          ("grad gradient gradients norm total global train step epoch l2 2 0 2.0 before clip "
                  + "preclip optim")
              .split(" "));

  /** Words beside "lr" of settings that shape the rate, and are not the rate. */
  private static final Set<String> OF_A_SCHEDULE =
      Set.of(
          ("warmup bias min max minimum maximum end final decay gamma factor mult multiplier "
                  + "ratio patience policy steps scheduler")
              .split(" "));

  /** Metrics whose names Keras numbers, and nobody else. */
  private static final Set<String> NUMBERED =
      Set.of("iou", "dice", "auc", "precision", "recall", "f1", "mae", "rmse");

  /** Words at the end of a name that is a factor of what stands before them. */
  private static final Set<String> FACTORS =
      Set.of("weight", "weights", "coef", "coeff", "coefficient");

  /** What is only ever measured on data that are held out: detections matched to all boxes. */
  private static final Set<String> HELD_OUT = Set.of("map", "map50");

  private static final Pattern CAMEL = Pattern.compile("([a-z])([A-Z])(?=[a-z]{2})");

  private static final Pattern BETWEEN = Pattern.compile("[/_.\\-:|@()\\[\\]%\\s]+");

  /** The names of llm.c. */
  private static final Map<String, String> BRIEF = Map.of("trl", "train_loss", "tel", "test_loss");

  /** What Lightning puts behind the names of the first of several loaders. */
  private static final String FIRST = "/dataloader_idx_0";

  private TagNames() {}

  /**
   * What a name stands for.
   *
   * @param folder the split that the folder's name gives, or null
   * @return empty when it is no measurement of the training
   */
  static Optional<Tag> of(Vocabulary vocabulary, String name, Split folder) {
    if (name == null || name.isBlank() || name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> words = words(vocabulary.separated(name));
    if (words.isEmpty() || words.stream().anyMatch(vocabulary::isOfMachine) || placeholder(words)) {
      return Optional.empty();
    }
    Axis axis = axis(words);
    String joined = String.join("-", words);
    if ((words.contains("lr") || joined.contains("learning-rate"))
        && words.stream().noneMatch(OF_A_SCHEDULE::contains)) {
      return Optional.of(new Tag(Quantity.LEARNING_RATE, null, false, axis));
    }
    if (joined.contains("grad-norm")
        || joined.contains("gradient-norm")
        || words.contains("norm") && words.stream().anyMatch(w -> w.startsWith("grad"))) {
      String quantity = WHOLE_NORM.containsAll(words) ? Quantity.GRADIENT_NORM : joined;
      return Optional.of(new Tag(quantity, null, false, axis));
    }
    if (words.equals(List.of("norm")) || words.equals(List.of("gnorm"))) {
      return Optional.of(new Tag(Quantity.GRADIENT_NORM, null, false, axis));
    }
    if (joined.contains("loss-scale")) {
      return Optional.of(new Tag(Quantity.LOSS_SCALE, null, false, axis));
    }
    if (words.get(0).equals("running")) {
      // a mean over some steps is neither a step's value nor an epoch's
      return Optional.of(new Tag(joined, Split.TRAIN, true, Axis.STEP));
    }
    return metric(vocabulary, name, words, folder, axis);
  }

  private static Optional<Tag> metric(
      Vocabulary vocabulary, String name, List<String> words, Split folder, Axis axis) {
    Split split = null;
    List<String> rest = new ArrayList<>();
    boolean numbered = false;
    for (String word : words) {
      Optional<Split> named = vocabulary.part(word);
      if (numbered && word.chars().allMatch(Character::isDigit)) {
        continue; // "validation_0-auc": the first data set of that name
      }
      numbered = named.isPresent();
      if (named.isEmpty() || word.equals("fit") || word.equals("predict")) {
        if (rest.isEmpty() || !rest.get(rest.size() - 1).equals(word)) {
          rest.add(word);
        }
      } else if (split == null) {
        split = named.get();
      } else if (split == named.get()) {
        // "train/train_loss": the mean over the whole run, written once at its end
        return Optional.empty();
      } else {
        rest.add(word);
      }
    }
    if (split == null
        && (name.startsWith("metrics/")
            && (name.matches("[^(]{1,60}\\([A-Z]\\)") || name.contains("_top")))) {
      split = Split.VALIDATION; // Ultralytics evaluates these on the validation data
    }
    rest.remove("metrics");
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    String quantity = quantity(vocabulary, rest);
    split =
        split == null && folder == null && HELD_OUT.contains(quantity) ? Split.VALIDATION : split;
    boolean stated = split != null;
    Split on = stated ? split : folder != null ? folder : Split.TRAIN;
    if (on != Split.TRAIN && axis == Axis.STEP) {
      return Optional.empty(); // single batches of an evaluation; its mean is logged besides
    }
    return Optional.of(new Tag(quantity, on, stated, axis));
  }

  /** The metric, with the words that say how it was taken or without them. */
  private static String quantity(Vocabulary vocabulary, List<String> words) {
    String whole = vocabulary.metric(String.join("-", words));
    if (vocabulary.isMetric(whole)) {
      return whole;
    }
    List<String> bare = words.stream().filter(w -> !vocabulary.isAside(w)).toList();
    String metric = vocabulary.metric(String.join("-", bare));
    if (vocabulary.isMetric(metric)) {
      return metric;
    }
    // Keras numbers the metrics of one name: "mean_io_u_5", "precision_1"
    String last = words.isEmpty() ? "" : words.get(words.size() - 1);
    boolean numbered =
        bare.size() > 1 && last.length() < 3 && last.chars().allMatch(Character::isDigit);
    String other =
        numbered ? vocabulary.metric(String.join("-", words.subList(0, words.size() - 1))) : whole;
    return NUMBERED.contains(other) ? other : whole;
  }

  /** Names that stand for nothing, or for the axis itself. */
  private static boolean placeholder(List<String> words) {
    String first = words.get(0);
    return first.equals("hp") && words.contains("metric")
        || first.equals("hparam")
        || first.equals("system")
        || words.equals(List.of("epoch"))
        || words.equals(List.of("step"))
        || words.equals(List.of("global", "step"))
        || words.equals(List.of("train", "epoch"))
        || words.contains("loss") && FACTORS.contains(words.get(words.size() - 1))
        || words.contains("vs") && words.contains("iterations")
        || words.contains("per");
  }

  /** Takes the word that says what a point stands for out of the words. */
  private static Axis axis(List<String> words) {
    if (words.size() < 2) {
      return null;
    }
    String last = words.get(words.size() - 1);
    if (last.equals("epoch") || last.equals("step") || last.equals("batch")) {
      words.remove(words.size() - 1);
      return last.equals("epoch") ? Axis.EPOCH : Axis.STEP;
    }
    String first = words.get(0);
    if (first.equals("epoch") || first.equals("batch") || first.equals("step")) {
      words.remove(0);
      return first.equals("epoch") ? Axis.EPOCH : Axis.STEP;
    }
    return null;
  }

  private static List<String> words(String name) {
    String apart = CAMEL.matcher(name.strip()).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    String plain = BRIEF.getOrDefault(apart, apart);
    plain = plain.endsWith(FIRST) ? plain.substring(0, plain.length() - FIRST.length()) : plain;
    return new ArrayList<>(BETWEEN.splitAsStream(plain).filter(w -> !w.isEmpty()).toList());
  }
}
