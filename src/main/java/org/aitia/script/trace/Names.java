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
  public static final Set<String> ACTIVATIONS =
      Set.of(
          "ReLU",
          "GELU",
          "LeakyReLU",
          "Tanh",
          "ELU",
          "SELU",
          "SiLU",
          "relu",
          "gelu",
          "leaky_relu",
          "tanh",
          "elu",
          "silu",
          "ReLU6",
          "Softplus",
          "softplus",
          "PReLU",
          "Hardswish");
  public static final Set<String> LINEAR =
      Set.of(
          "Linear",
          "Dense",
          "Conv1d",
          "Conv2d",
          "Conv3d",
          "ConvTranspose2d",
          "LazyLinear",
          "Bilinear",
          "Conv1D",
          "Conv2D",
          "Conv2DTranspose",
          "Conv2dTranspose");
  static final Set<String> NORMS =
      Set.of(
          "BatchNorm1d",
          "BatchNorm2d",
          "BatchNorm3d",
          "LazyBatchNorm2d",
          "SyncBatchNorm",
          "BatchNormalization");
  public static final Set<String> DROPOUTS =
      Set.of(
          "Dropout",
          "Dropout1d",
          "Dropout2d",
          "Dropout3d",
          "AlphaDropout",
          "SpatialDropout1D",
          "SpatialDropout2D");
  public static final Set<String> RECURRENT =
      Set.of("LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell", "SimpleRNN", "Bidirectional");
  static final Set<String> CONTAINERS =
      Set.of("Sequential", "SequentialCell", "ModuleList", "CellList", "ModuleDict");
  private static final Set<String> OTHER_WEIGHTED =
      Set.of(
          "Embedding",
          "TransformerEncoder",
          "TransformerEncoderLayer",
          "MultiheadAttention",
          "Transformer",
          "LayerNorm",
          "EmbeddingBag");
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

  /** Families of torchvision and timm with batch normalisation or dropout of their own. */
  private static final Set<String> NOISY_NETS =
      Set.of(
          "resnet",
          "resnext",
          "wide_resnet",
          "densenet",
          "mobilenet",
          "efficientnet",
          "inception",
          "googlenet",
          "shufflenet",
          "mnasnet",
          "regnet",
          "alexnet",
          "vgg");

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

  /** Activations into a simplex or an interval, by what they are called. */
  public static final Map<String, String> BOUNDED =
      Map.of(
          "Softmax", "softmax",
          "softmax", "softmax",
          "LogSoftmax", "log-softmax",
          "log_softmax", "log-softmax",
          "Sigmoid", "sigmoid",
          "sigmoid", "sigmoid",
          "LogSigmoid", "log-sigmoid",
          "logsigmoid", "log-sigmoid");

  /** What changes the shape or nothing. */
  public static final Set<String> SHAPING =
      Set.of(
          "Flatten",
          "Identity",
          "Reshape",
          "Unflatten",
          "flatten",
          "squeeze",
          "unsqueeze",
          "view",
          "reshape",
          "to",
          "cuda",
          "cpu",
          "float",
          "double",
          "half",
          "contiguous",
          "clone",
          "type",
          "astype",
          "long",
          "requires_grad_",
          "dropout",
          "asnumpy",
          "numpy",
          "Squeeze",
          "expand_dims",
          "copy",
          "as_tensor",
          "from_numpy",
          "Tensor",
          "tensor",
          "tolist",
          "view_as",
          "expand_as",
          "cast",
          "array",
          "asarray",
          "ravel");

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

  /** A module or layer of a library that has weights of its own. */
  public static boolean weighted(Value value) {
    if (value == null || !value.is(Value.Kind.INSTANCE)) {
      return false;
    }
    String leaf = value.leaf();
    return LINEAR.contains(leaf)
        || RECURRENT.contains(leaf)
        || NORMS.contains(leaf)
        || OTHER_WEIGHTED.contains(leaf)
        || net(value);
  }

  /** A layer or module of a library, with weights or without. */
  static boolean layer(Value value) {
    return value.is(Value.Kind.INSTANCE)
        && (weighted(value)
            || DROPOUTS.contains(value.leaf())
            || SHAPING.contains(value.leaf())
            || ACTIVATIONS.contains(value.leaf()) && value.name.contains("nn.")
            || BOUNDED.containsKey(value.leaf()));
  }

  /** A whole network of a library. */
  public static boolean net(Value value) {
    return value.is(Value.Kind.INSTANCE)
        && (value.leaf().equals("create_model")
            || value.leaf().equals("from_pretrained")
            || value.name.contains("torchvision.models.")
            || value.name.contains("mindcv.models.")
            || value.name.contains("applications."));
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

  /** Whether a library's module behaves otherwise in training than in evaluation. */
  public static boolean noisy(Value value) {
    String leaf = value.leaf().toLowerCase(java.util.Locale.ROOT);
    if (DROPOUTS.contains(value.leaf())) {
      Value rate = value.made.get("p", 0);
      return rate == null || !(rate.number() == 0);
    }
    return NORMS.contains(value.leaf())
        || value.leaf().equals("from_pretrained")
        || value.name.contains("models.") && NOISY_NETS.stream().anyMatch(leaf::startsWith);
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
