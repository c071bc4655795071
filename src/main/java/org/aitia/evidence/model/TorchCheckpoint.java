package org.aitia.evidence.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.objects.ClassDict;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Pickled;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.tensor.TensorSum;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.word.CheckpointKey;
import org.aitia.run.word.Lexicon;

/** What stands where in a checkpoint of PyTorch or Lightning: there is no rule, only habits. */
final class TorchCheckpoint {
  private static final int MAX_DEPTH = 60;

  private final Map<?, ?> root;
  private final Lexicon words;
  private final Map<String, Pickled.Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> kinds = new LinkedHashMap<>();

  TorchCheckpoint(Object loaded, Lexicon words) {
    this.words = words;
    root = loaded instanceof Map<?, ?> map ? map : Map.of();
    Object model = model();
    if (model instanceof ClassDict object) {
      module(object, "", 0);
    } else if (model instanceof Map<?, ?> state) {
      state.forEach((name, value) -> take(String.valueOf(name), value));
    }
  }

  /** The weights by name, in the order in which the model declares them. */
  Map<String, Pickled.Tensor> tensors() {
    return tensors;
  }

  /** Class names of the modules, of models saved whole. */
  Map<String, String> kinds() {
    return kinds;
  }

  private void take(String name, Object value) {
    if (value instanceof Pickled.Tensor tensor && tensors.size() < TensorSum.MAX_TENSORS) {
      tensors.put(name, tensor);
    }
  }

  private Object model() {
    if (isModel(root)) {
      return root;
    }
    for (String key : words.of(CheckpointKey.MODEL)) {
      if (root.get(key) instanceof Map<?, ?> found && isModel(found)) {
        return found;
      }
    }
    Map<?, ?> largest = null;
    for (Map.Entry<?, ?> entry : root.entrySet()) {
      boolean optimizer = String.valueOf(entry.getKey()).contains("optim");
      if (!optimizer && entry.getValue() instanceof Map<?, ?> found && isModel(found)) {
        largest = largest == null || found.size() > largest.size() ? found : largest;
      }
    }
    return largest;
  }

  private static boolean isModel(Map<?, ?> found) {
    return found.get("_modules") instanceof Map<?, ?>
        || found.values().stream().anyMatch(v -> v instanceof Pickled.Tensor);
  }

  /** A module of a model that was saved whole: its own weights, then those within. */
  private void module(ClassDict module, String name, int depth) {
    String type = module.getClassName();
    kinds.put(name, type.substring(type.lastIndexOf('.') + 1));
    String prefix = name.isEmpty() ? "" : name + ".";
    for (String own : List.of("_parameters", "_buffers")) {
      if (module.get(own) instanceof Map<?, ?> held) {
        held.forEach((key, value) -> take(prefix + key, value));
      }
    }
    if (module.get("_modules") instanceof Map<?, ?> below && depth < MAX_DEPTH) {
      below.forEach(
          (key, value) -> {
            if (value instanceof ClassDict object && kinds.size() < TensorSum.MAX_TENSORS) {
              module(object, prefix + key, depth + 1);
            }
          });
    }
  }

  /** Step, or else epoch, that the checkpoint names; NaN when it names none. */
  double step() {
    for (String key : words.of(CheckpointKey.STEP)) {
      if (root.get(key) instanceof Number n) {
        return n.doubleValue();
      }
    }
    return Double.NaN;
  }

  /** Whether it holds no model, but the arguments that Hugging Face's Trainer was given. */
  boolean isArguments() {
    return root instanceof ClassDict && root.containsKey("per_device_train_batch_size");
  }

  /** Takes what the training was set to, as far as the checkpoint tells. */
  void settings(String file, RunBuilder run, Vocabulary vocabulary) {
    if (isArguments()) {
      ConfigFields.tree(tree(root, 0), file, run, vocabulary);
    }
    if (root.get("hyper_parameters") instanceof Map<?, ?> given) {
      ConfigFields.tree(tree(given, 0), file, run, vocabulary);
    }
    if (root.get("base_lrs") instanceof List<?> rates
        && !rates.isEmpty()
        && rates.get(0) instanceof Number rate) {
      run.setting(Setting.LEARNING_RATE, rate.doubleValue(), new Source(file, "base_lrs"));
    }
    Map<?, ?> optimizer = optimizer();
    if (optimizer != null
        && optimizer.get("param_groups") instanceof List<?> groups
        && !groups.isEmpty()
        && groups.get(0) instanceof Map<?, ?> group) {
      optimizer(group, file, run, vocabulary);
    }
  }

  private Map<?, ?> optimizer() {
    if (root.containsKey("param_groups")) {
      return root;
    }
    for (String key : words.of(CheckpointKey.OPTIMIZER)) {
      Object found = root.get(key);
      Object one = found instanceof List<?> list && !list.isEmpty() ? list.get(0) : found;
      if (one instanceof Map<?, ?> map && map.containsKey("param_groups")) {
        return map;
      }
    }
    return null;
  }

  /** The rate is the one of that moment; a schedule notes beside it what it began with. */
  private static void optimizer(
      Map<?, ?> group, String file, RunBuilder run, Vocabulary vocabulary) {
    ObjectNode found = Json.MAPPER.createObjectNode();
    ObjectNode settings = found.withObject("/optimizer_config");
    Object rate = group.get("initial_lr") == null ? group.get("lr") : group.get("initial_lr");
    if (rate instanceof Number n && (n.doubleValue() > 0 || group.get("initial_lr") != null)) {
      settings.put("lr", n.doubleValue());
    }
    for (String key : List.of("momentum", "weight_decay", "eps")) {
      if (group.get(key) instanceof Number n) {
        settings.put(key, n.doubleValue());
      }
    }
    ConfigFields.tree(found, file, run, vocabulary);
  }

  private static ObjectNode tree(Map<?, ?> map, int depth) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (value instanceof Map<?, ?> below && depth < 5) {
            node.set(name, tree(below, depth + 1));
          } else if (value instanceof Number
              || value instanceof String
              || value instanceof Boolean) {
            node.set(name, Json.MAPPER.valueToTree(value));
          }
        });
    return node;
  }
}
