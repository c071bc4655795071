package org.aitia.script.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** What Keras models are compiled with against what they put out and are fitted to. */
public final class KerasCheck implements ScriptCheck {
  private static final Set<String> SQUARED =
      Set.of("mse", "mae", "meansquarederror", "meanabsoluteerror");

  @Override
  public void look(Trace trace, Loops loops) {
    for (Event compile : trace.events(Event.Kind.COMPILE)) {
      Value loss = compile.arguments().get("loss", 1);
      if (loss != null && compile.with() != null) {
        loops.work(trace.events(Event.Kind.FIT).size());
        output(compile, loss, compile.with().flow, trace);
        fit(compile, trace, loops).ifPresent(f -> targets(compile, loss, f, trace));
      }
    }
  }

  /** The first fit of what was compiled, before it is compiled again. */
  private static Optional<Event> fit(Event compile, Trace trace, Loops loops) {
    List<Event> events = trace.events();
    for (int i = loops.place(compile, events) + 1; i < events.size(); i++) {
      loops.work(1);
      Event later = events.get(i);
      if (later.subject() == compile.subject() && later.kind() == Event.Kind.COMPILE) {
        return Optional.empty();
      }
      if (later.subject() == compile.subject() && later.kind() == Event.Kind.FIT) {
        return Optional.of(later);
      }
    }
    return Optional.empty();
  }

  /** The loss's name without blanks; empty when not known. */
  private static String name(Value loss) {
    String name =
        loss.constant instanceof String s
            ? s
            : loss.is(Value.Kind.INSTANCE) || loss.is(Value.Kind.REFERENCE) ? loss.leaf() : "";
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  static boolean fromLogits(Value loss) {
    Value given = loss.made.get("from_logits", 0);
    return given != null && Boolean.TRUE.equals(given.truth());
  }

  static boolean fromProbabilities(Value loss) {
    Value given = loss.made.get("from_logits", 0);
    return given == null ? !loss.made.open() : Boolean.FALSE.equals(given.truth());
  }

  private static void output(Event compile, Value loss, Flow output, Trace trace) {
    String name = name(loss);
    String activation = String.valueOf(output.activation());
    boolean entropy = name.endsWith("crossentropy");
    boolean bounded = activation.equals("softmax") || activation.equals("sigmoid");
    if (activation.equals("softmax") && output.units() == 1) {
      trace.find("script-softmax-of-one", compile.site());
    } else if (entropy && fromLogits(loss) && bounded) {
      trace.find("script-logits-loss-on-probabilities", compile.site());
    } else if (entropy && fromProbabilities(loss) && activation.equals("linear")) {
      trace.find("script-probability-loss-on-logits", compile.site());
    } else if (name.equals("binarycrossentropy")
        && activation.equals("softmax")
        && output.units() > 2) {
      trace.find("script-binary-loss-on-softmax", compile.site());
    } else if (SQUARED.contains(name) && activation.equals("softmax")) {
      trace.find("script-squared-loss-on-softmax", compile.site());
    } else if (name.equals("categoricalcrossentropy") && activation.equals("sigmoid")) {
      trace.find("script-categorical-loss-on-sigmoid", compile.site());
    }
  }

  private static void targets(Event compile, Value loss, Event fit, Trace trace) {
    Value y = fit.arguments().get("y", 1);
    if (y == null) {
      return;
    }
    boolean oneHot = y.flow.has("one-hot");
    if (name(loss).equals("sparsecategoricalcrossentropy") && oneHot) {
      trace.find("script-sparse-loss-on-one-hot", compile.site());
    } else if (name(loss).equals("categoricalcrossentropy")
        && !oneHot
        && y.flow.has("labels")
        && y.flow.has("loaded")) {
      trace.find("script-one-hot-loss-on-numbers", compile.site());
    }
  }
}
