package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Value;

/** Values of which it is not known which one it is, or what becomes of them. */
final class Blend {
  private final Interpreter interpreter;

  Blend(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** What is known whichever of the two it is. */
  Value either(Value a, Value b) {
    return either(a, b, 0);
  }

  private Value either(Value a, Value b, int depth) {
    if (a == b) {
      return a;
    }
    if (a.is(Value.Kind.CONSTANT) && a.constant == null) {
      return b;
    }
    if (b.is(Value.Kind.CONSTANT) && b.constant == null) {
      return a;
    }
    if (a.is(Value.Kind.CONSTANT)
        && b.is(Value.Kind.CONSTANT)
        && Objects.equals(a.constant, b.constant)) {
      return a;
    }
    if (Names.optimizer(a) && Names.optimizer(b)) {
      return Value.unknown("optimizer");
    }
    if (a.is(Value.Kind.ITEMS)
        && b.is(Value.Kind.ITEMS)
        && a.items.size() == b.items.size()
        && depth < Value.MAX_NESTED
        && !interpreter.effort.spent()) {
      List<Value> items = new ArrayList<>();
      for (int i = 0; i < a.items.size(); i++) {
        items.add(either(a.items.get(i), b.items.get(i), depth + 1));
      }
      return Value.items(items);
    }
    a.escaped = true;
    b.escaped = true;
    return Value.tensor(a.flow.either(b.flow));
  }

  /** What a function that is not seen makes of its arguments. */
  static Value of(Arguments arguments) {
    Flow flow = Flow.NONE;
    for (Value value : arguments.all()) {
      flow = flow.with(value.flow);
      for (Value item : value.items) {
        flow = flow.with(item.flow);
      }
    }
    return Value.tensor(flow);
  }
}
