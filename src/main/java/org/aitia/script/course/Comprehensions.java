package org.aitia.script.course;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Value;

/** Evaluates comprehensions. */
final class Comprehensions {
  private final Interpreter interpreter;
  private final Evaluator evaluator;

  /** Comprehensions as the loops that they are. */
  private final Map<Expression.Comprehension, Statement.Loop> loops = new IdentityHashMap<>();

  Comprehensions(Interpreter interpreter, Evaluator evaluator) {
    this.interpreter = interpreter;
    this.evaluator = evaluator;
  }

  Value evaluate(Expression.Comprehension comprehension) {
    interpreter.enter(loops.computeIfAbsent(comprehension, Comprehensions::loop));
    Value made = rounds(comprehension);
    interpreter.leave();
    return made;
  }

  private static Statement.Loop loop(Expression.Comprehension comprehension) {
    return new Statement.Loop(
        comprehension.targets().isEmpty() ? null : comprehension.targets().get(0),
        comprehension.element(),
        List.of(),
        comprehension.line());
  }

  private Value rounds(Expression.Comprehension comprehension) {
    if (comprehension.sources().size() != 1) {
      for (int i = 0; i < comprehension.sources().size(); i++) {
        evaluator.bind(
            comprehension.targets().get(i),
            evaluator.library.arrays.element(evaluator.value(comprehension.sources().get(i))));
      }
      return repeated(evaluator.value(comprehension.element()));
    }
    Value source = evaluator.value(comprehension.sources().get(0));
    Expression target = comprehension.targets().get(0);
    boolean known =
        source.is(Value.Kind.ITEMS) && !source.items.isEmpty() && source.items.size() <= 6;
    if (!known) {
      evaluator.bind(target, evaluator.library.arrays.element(source));
      if (comprehension.key() == null) {
        return Arrays.collected(source, repeated(evaluator.value(comprehension.element())));
      }
      evaluator.library.arrays.mapped(
          source, evaluator.value(comprehension.key()), evaluator.value(comprehension.element()));
      return Value.unknown("dict");
    }
    Value made =
        comprehension.key() == null ? Value.items(List.of()) : Value.of(Value.Kind.MAPPING, "dict");
    for (Value item : source.items) {
      evaluator.bind(target, item);
      if (comprehension.key() != null) {
        made.keys.add(evaluator.value(comprehension.key()));
      }
      made.items.add(evaluator.value(comprehension.element()));
    }
    return made;
  }

  /** A list of which only one item is known. */
  private static Value repeated(Value item) {
    if (item.is(Value.Kind.PARAMETERS)) {
      return item;
    }
    Value made = Value.items(List.of(item, item));
    made.flow = item.flow;
    return made;
  }
}
