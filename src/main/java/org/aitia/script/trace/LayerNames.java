package org.aitia.script.trace;

import java.util.Optional;
import java.util.Set;
import org.aitia.run.word.Activation;
import org.aitia.run.word.ClassKind;
import org.aitia.run.word.ModuleKind;

/** Layers of the frameworks, and what a script does to shapes. */
public final class LayerNames {
  static final Set<String> CONTAINERS =
      Set.of("Sequential", "SequentialCell", "ModuleList", "CellList", "ModuleDict");

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
    return value != null && (isWeighted(value.word(ModuleKind.class)) || net(value));
  }

  private static boolean isWeighted(Optional<ModuleKind> kind) {
    return kind.filter(k -> k.isMatrix() || k.isNormalisation() || k == ModuleKind.EMBEDDING)
        .isPresent();
  }

  /** A layer or module of a library, with weights or without. */
  static boolean layer(Value value) {
    return value.is(Value.Kind.INSTANCE)
        && (weighted(value)
            || value.word(ModuleKind.class).isPresent()
            || SHAPING.contains(value.leaf())
            || value
                .word(Activation.class)
                .filter(a -> a.isProbability() || value.name.contains("nn."))
                .isPresent());
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
    if (value.is(ModuleKind.DROPOUT)) {
      Value rate = value.made.get("p", 0);
      return rate == null || !(rate.number() == 0);
    }
    return value.is(ModuleKind.BATCH_NORMALISATION)
        || value.leaf().equals("from_pretrained")
        || value.name.contains("models.") && value.isLike(ClassKind.NOISY_NETWORK);
  }
}
