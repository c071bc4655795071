package org.aitia.script.course;

import java.util.Set;
import org.aitia.script.trace.Value;

/** Contexts of {@code with}: what is known of them. */
final class Contexts {
  private static final Set<String> GRADIENT_OFF =
      Set.of("no_grad", "inference_mode", "_no_grad", "stop_gradient");

  private Contexts() {}

  /** The apex library scales a loss in a context. */
  static Value entered(Value context) {
    Value first = context.made.at(0);
    return context.leaf().equals("scale_loss") && first != null ? first : context;
  }

  static boolean off(Value context) {
    if (!context.is(Value.Kind.INSTANCE) && !context.is(Value.Kind.REFERENCE)) {
      return false;
    }
    if (context.leaf().equals("set_grad_enabled")) {
      Value enabled = context.made.at(0);
      return enabled != null && Boolean.FALSE.equals(enabled.truth());
    }
    return GRADIENT_OFF.contains(context.leaf());
  }
}
