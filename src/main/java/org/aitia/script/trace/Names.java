package org.aitia.script.trace;

import java.util.Map;
import org.aitia.run.word.ClassKind;
import org.aitia.run.word.OptimizerKind;

/** What the frameworks' members are, by their short names. */
public final class Names {
  private Names() {}

  public static boolean optimizer(Value value) {
    if (value == null || !value.is(Value.Kind.INSTANCE)) {
      return value != null && value.is(Value.Kind.UNKNOWN) && hinted(value, "opt");
    }
    return value.word(OptimizerKind.class).isPresent() && !value.name.contains("functional");
  }

  private static boolean hinted(Value value, String hint) {
    return value.name != null && value.name.toLowerCase(java.util.Locale.ROOT).startsWith(hint);
  }

  public static boolean schedule(Value value) {
    return value != null
        && value.is(ClassKind.RATE_SCHEDULE)
        && value.name.contains("lr_scheduler");
  }

  /** Whether a short name is one of a class. */
  public static boolean isClass(String leaf) {
    return !leaf.isEmpty() && Character.isUpperCase(leaf.charAt(0));
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
