package org.aitia.evidence.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/**
 * Modules from the names and shapes of saved weights alone, in the order in which the model
 * declares them. What a matrix is for is not told by its shape, so its kind is left open.
 */
final class StateDict {
  private StateDict() {}

  /**
   * Takes the modules that hold the weights.
   *
   * @param aliases names of weights that are another one's, by their own names
   * @param kinds class names of the modules, where they are known
   * @param trainable whether a weight asks for a gradient, where it is known
   */
  static void take(
      List<SavedTensor> tensors,
      Map<String, String> aliases,
      Map<String, String> kinds,
      Map<String, Boolean> trainable,
      Source from,
      RunBuilder run) {
    Map<String, List<SavedTensor>> byModule = new LinkedHashMap<>();
    for (SavedTensor tensor : tensors) {
      byModule.computeIfAbsent(module(tensor.name()), n -> new ArrayList<>()).add(tensor);
    }
    List<Module> modules = new ArrayList<>();
    byModule.forEach(
        (name, its) -> {
          SavedTensor main = main(its);
          Module made = module(name, its, main, kinds.get(name), trainable.get(main.name()));
          String owner = aliases.get(main.name());
          modules.add(owner == null ? made : shared(made, module(owner)));
        });
    long all =
        modules.stream().filter(m -> m.sharedWith() == null).mapToLong(Module::parameters).sum();
    run.model(new Model(modules, all, -1, null, from));
  }

  private static String module(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot < 0 ? tensor : tensor.substring(0, dot);
  }

  /** The first of those with the most axes: the matrix, not the bias. */
  private static SavedTensor main(List<SavedTensor> its) {
    SavedTensor found = its.get(0);
    for (SavedTensor t : its) {
      found = t.shape().size() > found.shape().size() ? t : found;
    }
    return found;
  }

  private static Module module(
      String name, List<SavedTensor> its, SavedTensor main, String kind, Boolean trainable) {
    long parameters =
        its.stream()
            .filter(t -> t.type().contains("float") && !t.name().contains("running_"))
            .mapToLong(SavedTensor::elements)
            .sum();
    return new Module(
        name,
        kind == null ? kind(name, its, main) : kind,
        parameters,
        trainable,
        main.shape().stream().map(n -> (int) Math.min(n, Integer.MAX_VALUE)).toList(),
        null,
        null,
        -1,
        null,
        Double.NaN,
        null,
        Double.NaN);
  }

  private static Module shared(Module m, String owner) {
    return new Module(
        m.name(),
        m.kind(),
        m.parameters(),
        m.trainable(),
        m.shape(),
        m.optimized(),
        owner,
        m.calls(),
        m.activation(),
        m.rate(),
        m.regularizer(),
        m.initialSpread());
  }

  private static String kind(String name, List<SavedTensor> its, SavedTensor main) {
    if (its.stream().anyMatch(t -> t.name().endsWith("running_mean"))) {
      return "BatchNorm";
    }
    if (its.stream().anyMatch(t -> t.name().endsWith("in_proj_weight"))) {
      return "MultiheadAttention";
    }
    if (its.stream().anyMatch(t -> t.name().endsWith("weight_hh_l0"))) {
      return recurrent(its);
    }
    if (embeds(name.toLowerCase(Locale.ROOT))) {
      return "Embedding";
    }
    return switch (main.shape().size()) {
      case 0, 1 -> "Norm";
      case 2 -> "Weight";
      default -> "Conv";
    };
  }

  /** Whether the last part of a module's name is one that embeddings have. */
  private static boolean embeds(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.contains("embed")
        || Stream.of("wte", "wpe", "tok_emb", "shared")
            .anyMatch(w -> last.equals(w) || last.endsWith("_" + w));
  }

  /** Gates are stacked in the rows: four in an LSTM, three in a GRU. */
  private static String recurrent(List<SavedTensor> its) {
    List<Long> shape =
        its.stream()
            .filter(t -> t.name().endsWith("weight_hh_l0"))
            .findFirst()
            .map(SavedTensor::shape)
            .orElse(List.of());
    long gates = shape.size() == 2 && shape.get(1) > 0 ? shape.get(0) / shape.get(1) : 1;
    return gates == 4 ? "LSTM" : gates == 3 ? "GRU" : "RNN";
  }
}
