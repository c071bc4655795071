package org.aitia.script.trace;

import java.util.Map;
import java.util.Set;

/** Layers of the frameworks, by their short names. */
public final class LayerNames {
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

  /** What changes the number of axes. */
  public static final Set<String> RESHAPING =
      Set.of(
          "Flatten",
          "Reshape",
          "Unflatten",
          "Squeeze",
          "flatten",
          "squeeze",
          "unsqueeze",
          "view",
          "reshape",
          "expand_dims",
          "view_as",
          "expand_as",
          "ravel");

  private LayerNames() {}

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
}
