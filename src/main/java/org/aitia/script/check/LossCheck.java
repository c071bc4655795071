package org.aitia.script.check;

import java.util.Set;
import org.aitia.run.word.LossInput;
import org.aitia.run.word.LossKind;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Trace;

/** Whether a loss gets what it expects. */
public final class LossCheck implements ScriptCheck {
  private static final Set<String> BOUNDED = Set.of("softmax", "sigmoid");

  /** Activations whose values leave the range from 0 to 1. */
  private static final Set<String> UNBOUNDED =
      Set.of("linear", "tanh", "leakyrelu", "leaky_relu", "elu", "gelu", "selu", "silu");

  @Override
  public void look(Trace trace, Loops loops) {
    for (Event loss : trace.events(Event.Kind.LOSS)) {
      look(loss, trace, loops);
    }
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      Flow.Loss loss = backward.subject().flow.loss();
      if (loss != null && loss.negated()) {
        trace.find("script-loss-negated", backward.site());
      }
      boolean entropy =
          loss != null
              && loss.summed()
              && !loss.scaled()
              && Set.of("CrossEntropyLoss", "cross_entropy").contains(loss.name());
      if (entropy) {
        trace.find("script-loss-summed", backward.site());
      }
    }
  }

  private static void look(Event event, Trace trace, Loops loops) {
    boolean distance = event.subject().is(LossKind.SQUARED_ERROR, LossKind.ABSOLUTE_ERROR);
    Flow prediction = event.arguments().at(0).flow;
    Flow target = event.arguments().at(1).flow;
    String activation = String.valueOf(prediction.activation());
    if (probabilities(event) && loops.trains(event) && Transforms.centred(target)) {
      trace.find("script-targets-outside-loss", event.site());
    }
    if (swapped(prediction, target) && !distance) {
      trace.find("script-loss-swapped", event.site());
      return;
    }
    boolean modelled = !prediction.through().isEmpty() || !prediction.cut().isEmpty();
    if (!modelled) {
      return;
    }
    if (BOUNDED.contains(activation) && prediction.dimension() == 0) {
      trace.find("script-softmax-over-batch", event.site());
    } else if (activation.equals("log-softmax") && prediction.dimension() == 0) {
      trace.find("script-softmax-over-batch", event.site());
    } else if (logits(event) && BOUNDED.contains(activation)) {
      trace.find("script-logits-loss-on-probabilities", event.site());
    } else if (probabilities(event)
        && UNBOUNDED.contains(activation.toLowerCase(java.util.Locale.ROOT))) {
      trace.find("script-probability-loss-on-logits", event.site());
    } else if (event.subject().is(LossInput.LOG_PROBABILITIES)
        && (activation.equals("linear") || BOUNDED.contains(activation))) {
      trace.find("script-log-probability-loss-on-others", event.site());
    } else if (distance
        && activation.equals("softmax")
        && (target.has("one-hot") || target.position() == 1)) {
      trace.find("script-squared-loss-on-softmax", event.site());
    }
  }

  private static boolean swapped(Flow prediction, Flow target) {
    return prediction.through().isEmpty()
        && prediction.cut().isEmpty()
        && prediction.position() == 1
        && !target.through().isEmpty();
  }

  private static boolean keras(Event event) {
    return event.subject().name.startsWith("keras");
  }

  private static boolean logits(Event event) {
    return keras(event)
        ? event.subject().is(LossInput.STATED) && KerasCheck.fromLogits(event.subject())
        : event.subject().is(LossInput.LOGITS);
  }

  private static boolean probabilities(Event event) {
    return keras(event)
        ? event.subject().is(LossInput.STATED) && KerasCheck.fromProbabilities(event.subject())
        : event.subject().is(LossInput.PROBABILITIES);
  }
}
