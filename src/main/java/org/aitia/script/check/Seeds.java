package org.aitia.script.check;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Where random numbers come from, and what gives them a seed. */
public final class Seeds {
  /** What draws random numbers of its own. */
  enum Source {
    PYTHON,
    NUMPY,
    TORCH,
    KERAS,
    MINDSPORE
  }

  /** What each call seeds for the whole program. */
  private static final Map<String, Set<Source>> GLOBAL =
      Map.of(
          "random.seed", EnumSet.of(Source.PYTHON),
          "numpy.random.seed", EnumSet.of(Source.NUMPY),
          "torch.manual_seed", EnumSet.of(Source.TORCH),
          "torch.random.manual_seed", EnumSet.of(Source.TORCH),
          "tensorflow.random.set_seed", EnumSet.of(Source.KERAS),
          "keras.utils.set_random_seed",
              EnumSet.of(Source.PYTHON, Source.NUMPY, Source.KERAS, Source.TORCH),
          "mindspore.set_seed", EnumSet.of(Source.NUMPY, Source.MINDSPORE),
          "mindspore.common.set_seed", EnumSet.of(Source.NUMPY, Source.MINDSPORE));

  /** Shuffles and splits that take the program's own random numbers, by qualified name. */
  private static final Map<String, Source> DRAWS =
      Map.of(
          "random.shuffle", Source.PYTHON,
          "random.sample", Source.PYTHON,
          "numpy.random.shuffle", Source.NUMPY,
          "numpy.random.permutation", Source.NUMPY,
          "numpy.random.choice", Source.NUMPY,
          "sklearn.model_selection.train_test_split", Source.NUMPY,
          "torch.randperm", Source.TORCH,
          "torch.utils.data.random_split", Source.TORCH);

  /** Arguments by which a single call is given a seed. */
  private static final Set<String> CARRIERS = Set.of("random_state", "generator", "rng");

  private Seeds() {}

  /** Whether a function seeds a source for the whole program. */
  public static boolean isGlobal(String name) {
    return GLOBAL.containsKey(name);
  }

  /** What a call of a library's function seeds; everything when it is named so and not known. */
  static Set<Source> seeded(Trace.Call call) {
    Set<Source> known = GLOBAL.get(call.name());
    if (known != null) {
      return known;
    }
    // TrainingArguments take the seed 42 unless told otherwise.
    boolean all =
        call.leaf().toLowerCase(Locale.ROOT).contains("seed")
            || call.leaf().endsWith("TrainingArguments");
    return all ? EnumSet.allOf(Source.class) : Set.of();
  }

  /** Whether a call is given a seed for itself. */
  static boolean own(Arguments arguments) {
    return arguments.open()
        || arguments.named().keySet().stream()
            .anyMatch(n -> n.toLowerCase(Locale.ROOT).contains("seed") || CARRIERS.contains(n));
  }

  /** What a function's call draws from; null when it draws nothing. */
  static Source drawn(Trace.Call call) {
    return own(call.arguments()) ? null : DRAWS.get(call.name());
  }

  /** What an object draws from as it is made or used; null when it draws nothing. */
  static Source drawn(Value made) {
    if (!made.is(Value.Kind.INSTANCE) || made.site == null || own(made.made)) {
      return null;
    }
    Value shuffle = made.made.get("shuffle", 2);
    boolean shuffles =
        made.leaf().equals("DataLoader") && shuffle != null && Boolean.TRUE.equals(shuffle.truth());
    boolean initialised = LayerNames.weighted(made) && !Modules.pretrained(made);
    if (!shuffles && !initialised) {
      return null;
    }
    return switch (Names.framework(made.name)) {
      case "torch" -> Source.TORCH;
      case "keras" -> Source.KERAS;
      case "mindspore" -> Source.MINDSPORE;
      default -> null;
    };
  }
}
