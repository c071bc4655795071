package org.aitia.script.course;

import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Value;

/** Losses: what a call of one makes, and what arithmetic makes of it. */
public final class Losses {
  private final Interpreter interpreter;

  Losses(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /**
   * A loss is computed.
   *
   * @param made how the loss was set up
   * @param reversed whether the target comes first, as in Keras
   */
  Value compute(Value loss, Arguments made, Arguments given, boolean reversed) {
    Value first = given.get(reversed ? "y_true" : "input", 0);
    Value second = given.get(reversed ? "y_pred" : "target", 1);
    Value prediction = reversed ? second : first;
    Value target = reversed ? first : second;
    interpreter.event(
        Event.Kind.LOSS,
        loss,
        null,
        new Arguments(
            java.util.Arrays.asList(Value.orUnknown(prediction), Value.orUnknown(target)),
            made.named(),
            made.open()));
    Value reduction = made.get("reduction");
    boolean summed = reduction != null && reduction.isText("sum");
    boolean each = reduction != null && reduction.isText("none");
    Flow flow = Value.orUnknown(prediction).flow.with(Value.orUnknown(target).flow);
    return Value.tensor(each ? flow : flow.loss(new Flow.Loss(loss.leaf(), false, false, summed)));
  }

  static Flow negate(Flow flow) {
    Flow.Loss loss = flow.loss();
    return loss == null
        ? flow.activation(null, Double.NaN, Double.NaN)
        : flow.loss(new Flow.Loss(loss.name(), !loss.negated(), loss.scaled(), loss.summed()));
  }

  static Flow scale(Flow flow, double factor) {
    Flow.Loss loss = flow.loss();
    Flow scaled = flow.loss(new Flow.Loss(loss.name(), loss.negated(), true, loss.summed()));
    return factor < 0 ? negate(scaled) : scaled;
  }

  /** The sum of two: a loss of several terms, whose sign is known where both have it. */
  static Flow add(Flow a, Flow b) {
    Flow sum = a.with(b);
    if (a.loss() == null || b.loss() == null || a.loss().negated() != b.loss().negated()) {
      return sum;
    }
    return sum.loss(
        new Flow.Loss(null, a.loss().negated(), a.loss().scaled() || b.loss().scaled(), false));
  }
}
