package org.aitia.script.course;

import java.util.Objects;
import java.util.Set;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.LayerNames;
import org.aitia.script.trace.Value;

/** Operators on values. */
final class Operators {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  /** What pixels are divided by. */
  private static final Set<Double> PIXEL_RANGES = Set.of(255.0, 256.0, 127.0, 128.0, 127.5);

  private final Interpreter interpreter;

  Operators(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  Value apply(String operator, Value left, Value right) {
    if (COMPARISONS.contains(operator)
        || operator.equals("is")
        || operator.equals("in")
        || operator.startsWith("not")
        || operator.startsWith("is not")) {
      return compare(operator, left, right);
    }
    if (operator.equals("and") || operator.equals("or")) {
      return logic(operator, left, right);
    }
    if (!Double.isNaN(left.number()) && !Double.isNaN(right.number())) {
      return numbers(operator, left, right);
    }
    return switch (operator) {
      case "+" -> plus(left, right);
      case "-" -> {
        broadcast(left.flow, right.flow);
        broadcast(right.flow, left.flow);
        yield difference(left, right);
      }
      case "*" -> times(left, right);
      case "/", "//" -> divide(operator, left, right);
      default -> Value.tensor(left.flow.with(right.flow));
    };
  }

  private Value compare(String operator, Value left, Value right) {
    boolean constants =
        left.truth() != null
            && right.truth() != null
            && left.is(Value.Kind.CONSTANT)
            && right.is(Value.Kind.CONSTANT);
    if (constants && Set.of("==", "!=", "is", "is not").contains(operator)) {
      boolean same = Objects.equals(left.constant, right.constant);
      return Value.constant(
          same == !operator.startsWith("!") && !operator.equals("is not")
              || !same && (operator.equals("!=") || operator.equals("is not")));
    }
    boolean nothing = right.is(Value.Kind.CONSTANT) && right.constant == null;
    if (nothing
        && operator.startsWith("is")
        && (left.is(Value.Kind.INSTANCE) || left.is(Value.Kind.OBJECT))
        && !left.soft) {
      return Value.constant(operator.equals("is not"));
    }
    if (left.is(Value.Kind.TENSOR) || right.is(Value.Kind.TENSOR)) {
      interpreter.event(Event.Kind.COMPARE, left, right, Arguments.NONE);
    }
    return Value.tensor(left.flow.with(right.flow).tag("matches"));
  }

  private static Value logic(String operator, Value left, Value right) {
    Boolean a = left.truth();
    Boolean b = right.truth();
    boolean or = operator.equals("or");
    if (a != null && a == or) {
      return left;
    }
    if (a != null && b != null) {
      return right;
    }
    return a != null ? right : Value.unknown(operator);
  }

  private static Value numbers(String operator, Value left, Value right) {
    double a = left.number();
    double b = right.number();
    Value result =
        Value.constant(
            switch (operator) {
              case "+" -> a + b;
              case "-" -> a - b;
              case "*" -> a * b;
              case "/" -> a / b;
              case "//" -> Math.floor(a / b);
              case "**" -> Math.pow(a, b);
              case "%" -> a % b;
              default -> Double.NaN;
            });
    result.soft = left.soft || right.soft;
    return result;
  }

  private Value plus(Value left, Value right) {
    if (left.is(Value.Kind.PARAMETERS) && right.is(Value.Kind.PARAMETERS)) {
      Value both = Value.parameters(left.roots);
      both.roots.addAll(right.roots);
      return both;
    }
    if (left.is(Value.Kind.ITEMS) && right.is(Value.Kind.ITEMS)) {
      Value both = Value.items(left.items);
      both.items.addAll(right.items);
      Value.shorten(both.items);
      return both;
    }
    if (left.flow.loss() != null && right.is(Value.Kind.CONSTANT)) {
      return left;
    }
    if (right.flow.loss() != null && left.is(Value.Kind.CONSTANT)) {
      return right;
    }
    return Value.tensor(Losses.add(left.flow, right.flow));
  }

  /** A column of predictions less targets of one axis: every one less every other. */
  private void broadcast(Flow prediction, Flow target) {
    if (prediction.isColumn() && target.has(Flow.FLAT) && !target.has(Flow.RESHAPED)) {
      interpreter.trace.find("script-shapes-broadcast", interpreter.site());
    }
  }

  private static Value difference(Value left, Value right) {
    if (left.flow.has("array")) {
      return Value.tensor(left.flow.tag("shifted"));
    }
    return Value.tensor(left.flow.with(right.flow));
  }

  private Value times(Value left, Value right) {
    if (left.is(Value.Kind.ITEMS) && !right.is(Value.Kind.ITEMS)) {
      repeat(left, right);
      return left;
    }
    Value loss = left.flow.loss() != null ? left : right.flow.loss() != null ? right : null;
    if (loss != null) {
      Value factor = loss == left ? right : left;
      return Value.tensor(Losses.scale(loss.flow, factor.number()));
    }
    Flow flow = left.flow.with(right.flow);
    return Value.tensor(flow.has("array") ? flow.tag("scaled") : flow);
  }

  /** {@code [Layer()] * n} holds one layer n times. */
  private void repeat(Value list, Value times) {
    boolean layers =
        list.items.size() == 1
            && interpreter.effort.parts(list.items.get(0), true).stream()
                .anyMatch(LayerNames::weighted)
            && !(times.number() <= 1);
    if (layers) {
      interpreter.trace.find("script-layer-repeated", interpreter.site());
    }
  }

  private Value divide(String operator, Value left, Value right) {
    boolean floor = operator.equals("//");
    boolean inputs = left.flow.has("array") || left.flow.batchOf() != null && input(left.flow);
    if (floor && inputs && PIXEL_RANGES.contains(right.number())) {
      interpreter.trace.find("script-integer-division", interpreter.site());
    }
    boolean count = left.flow.has("count");
    if (count && (floor || right.name != null && right.name.equals("len-of-loader"))) {
      interpreter.trace.find(
          floor ? "script-accuracy-floored" : "script-accuracy-over-batches", interpreter.site());
    }
    if (left.flow.loss() != null) {
      return Value.tensor(Losses.scale(left.flow, right.number()));
    }
    if (left.flow.has("array")) {
      return Value.tensor(left.flow.tag("scaled"));
    }
    Flow flow = left.flow.with(right.flow);
    return Value.tensor(count ? untagged(flow) : flow);
  }

  /** Whether it comes first in a batch, and went through no model. */
  private static boolean input(Flow flow) {
    return flow.position() == 0 && flow.through().isEmpty() && flow.cut().isEmpty();
  }

  private static Flow untagged(Flow flow) {
    return Flow.NONE.with(
        new Flow(
            null,
            Double.NaN,
            Double.NaN,
            flow.through(),
            flow.cut(),
            flow.batchOf(),
            -1,
            null,
            Set.of()));
  }

  /** {@code a += b}: a count stays a count, a list of modules grows. */
  Value accumulate(String operator, Value before, Value value) {
    Value result = apply(operator, before, value);
    if (operator.equals("+") && value.flow.has("count")) {
      return Value.tensor(result.flow.tag("count"));
    }
    return result;
  }
}
