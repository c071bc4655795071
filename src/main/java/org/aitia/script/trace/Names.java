package org.aitia.script.trace;

import java.util.Map;
import java.util.Set;

/** What the frameworks' members are, by their short names. */
public final class Names {
  public static final Set<String> ADAPTIVE =
      Set.of(
          "Adam",
          "AdamW",
          "NAdam",
          "RAdam",
          "Adamax",
          "RMSprop",
          "RMSProp",
          "AdamWeightDecay",
          "Nadam");
  public static final Set<String> PLAIN = Set.of("SGD", "Momentum");
  private static final Set<String> OTHER_OPTIMIZERS =
      Set.of(
          "Adadelta",
          "Adagrad",
          "LBFGS",
          "Rprop",
          "ASGD",
          "SparseAdam",
          "Ftrl",
          "Lion",
          "Lamb",
          "LARS",
          "Adafactor");
  public static final Set<String> SQUARED =
      Set.of(
          "MSELoss",
          "mse_loss",
          "L1Loss",
          "l1_loss",
          "SmoothL1Loss",
          "smooth_l1_loss",
          "HuberLoss",
          "MAELoss");
  public static final Set<String> TAKES_LOGITS =
      Set.of(
          "CrossEntropyLoss",
          "cross_entropy",
          "BCEWithLogitsLoss",
          "binary_cross_entropy_with_logits",
          "SoftmaxCrossEntropyWithLogits",
          "sparse_softmax_cross_entropy_with_logits",
          "softmax_cross_entropy_with_logits");
  public static final Set<String> TAKES_PROBABILITIES = Set.of("BCELoss", "binary_cross_entropy");
  public static final Set<String> TAKES_LOG_PROBABILITIES = Set.of("NLLLoss", "nll_loss");
  public static final Set<String> KERAS_ENTROPIES =
      Set.of("SparseCategoricalCrossentropy", "CategoricalCrossentropy", "BinaryCrossentropy");
  static final Set<String> EPOCH_SCHEDULES =
      Set.of("StepLR", "MultiStepLR", "ExponentialLR", "ReduceLROnPlateau");
  static final Set<String> SCHEDULES =
      Set.of(
          "StepLR",
          "MultiStepLR",
          "ExponentialLR",
          "ReduceLROnPlateau",
          "CosineAnnealingLR",
          "CosineAnnealingWarmRestarts",
          "OneCycleLR",
          "LambdaLR",
          "CyclicLR",
          "LinearLR",
          "SequentialLR",
          "PolynomialLR",
          "ConstantLR",
          "MultiplicativeLR",
          "ChainedScheduler");

  public static final Set<String> RANDOM_TRANSFORMS =
      Set.of(
          "RandomCrop",
          "RandomResizedCrop",
          "RandomHorizontalFlip",
          "RandomVerticalFlip",
          "RandomRotation",
          "RandomAffine",
          "ColorJitter",
          "RandAugment",
          "AutoAugment",
          "TrivialAugmentWide",
          "RandomErasing",
          "RandomCropDecodeResize",
          "RandomPerspective",
          "RandomColorAdjust");
  public static final Set<String> MINDSPORE_SETS =
      Set.of(
          "MnistDataset",
          "Cifar10Dataset",
          "Cifar100Dataset",
          "ImageFolderDataset",
          "GeneratorDataset",
          "NumpySlicesDataset",
          "FashionMnistDataset",
          "CSVDataset",
          "MindDataset",
          "TFRecordDataset",
          "TextFileDataset");

  /** Files of records, which are mixed when they are written. */
  public static final Set<String> RECORD_SETS = Set.of("MindDataset", "TFRecordDataset");

  public static final Set<String> IMAGE_SETS =
      Set.of(
          "MNIST",
          "FashionMNIST",
          "CIFAR10",
          "CIFAR100",
          "ImageFolder",
          "SVHN",
          "KMNIST",
          "EMNIST",
          "STL10",
          "ImageNet",
          "Flowers102",
          "Food101",
          "OxfordIIITPet",
          "DatasetFolder");

  private Names() {}

  public static boolean optimizer(Value value) {
    if (value == null || !value.is(Value.Kind.INSTANCE)) {
      return value != null && value.is(Value.Kind.UNKNOWN) && hinted(value, "opt");
    }
    String leaf = value.leaf();
    return (ADAPTIVE.contains(leaf) || PLAIN.contains(leaf) || OTHER_OPTIMIZERS.contains(leaf))
        && !value.name.contains("functional");
  }

  private static boolean hinted(Value value, String hint) {
    return value.name != null && value.name.toLowerCase(java.util.Locale.ROOT).startsWith(hint);
  }

  public static boolean schedule(Value value) {
    return value != null && value.made(SCHEDULES) && value.name.contains("lr_scheduler");
  }

  /** Whether a short name is one of a class. */
  public static boolean isClass(String leaf) {
    return !leaf.isEmpty() && Character.isUpperCase(leaf.charAt(0));
  }

  public static boolean loss(String leaf) {
    return TAKES_LOGITS.contains(leaf)
        || TAKES_PROBABILITIES.contains(leaf)
        || TAKES_LOG_PROBABILITIES.contains(leaf)
        || SQUARED.contains(leaf)
        || KERAS_ENTROPIES.contains(leaf)
        || leaf.equals("KLDivLoss")
        || leaf.equals("kl_div")
        || leaf.equals("MeanSquaredError")
        || leaf.equals("MultiMarginLoss")
        || leaf.equals("TripletMarginLoss")
        || leaf.equals("CosineEmbeddingLoss");
  }

  /** The rate of a dropout layer; null when none is given. MindSpore's first is what is kept. */
  public static Value rate(Value dropout) {
    Map<String, Value> named = dropout.made.named();
    Value kept = dropout.made.get("keep_prob", 0);
    if (framework(dropout.name).equals("mindspore") && !named.containsKey("p")) {
      Value rate = Value.constant(kept == null ? Double.NaN : 1 - kept.number());
      rate.soft = kept != null && kept.soft;
      return rate;
    }
    return named.getOrDefault("p", named.getOrDefault("rate", dropout.made.at(0)));
  }

  public static String framework(String name) {
    if (name == null) {
      return "";
    }
    if (name.startsWith("mindspore") || name.startsWith("mindcv") || name.startsWith("mindnlp")) {
      return "mindspore";
    }
    if (name.startsWith("keras") || name.startsWith("tensorflow")) {
      return "keras";
    }
    return name.startsWith("torch") || name.startsWith("timm") ? "torch" : "";
  }
}
