package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Scope;
import org.aitia.script.trace.Value;

/** Calls of functions of the script. */
final class Calls {
  /** Calls within calls: people write no deeper ones, and what calls itself goes on for ever. */
  private static final int MAX_CALLS = 24;

  private final Interpreter interpreter;
  private final List<Statement.Define> calls = new ArrayList<>();

  Calls(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** Calls a function of the script. */
  Value call(Value function, Arguments arguments) {
    Statement.Define define = function.function;
    long open = calls.stream().filter(c -> c == define).count();
    if (calls.size() >= MAX_CALLS || open > 1 || interpreter.effort.spent()) {
      return Blend.of(arguments);
    }
    Scope inner = new Scope(function.scope.script, function.scope, define.name());
    bind(define.parameters(), arguments, inner);
    boolean off =
        define.decorators().stream().map(interpreter.evaluator::value).anyMatch(Contexts::off);
    calls.add(define);
    List<Value> returned = interpreter.function(inner, define.body(), off);
    calls.remove(calls.size() - 1);
    return returned.stream()
        .reduce(interpreter.evaluator.blend::either)
        .orElse(Value.constant(null));
  }

  /** Evaluates a lambda. */
  Value call(Value function, Expression.Lambda lambda, Arguments arguments) {
    if (calls.size() >= MAX_CALLS || interpreter.effort.spent()) {
      return Blend.of(arguments);
    }
    Scope inner = new Scope(function.scope.script, function.scope, interpreter.scope().title);
    calls.add(null);
    Value result =
        interpreter.within(
            inner,
            () -> {
              bind(lambda.parameters(), arguments, inner);
              return interpreter.evaluator.value(lambda.body());
            });
    calls.remove(calls.size() - 1);
    return result;
  }

  private void bind(List<Expression.Parameter> parameters, Arguments arguments, Scope inner) {
    int position = 0;
    for (Expression.Parameter parameter : parameters) {
      String name = parameter.name();
      if (name.startsWith("**")) {
        inner.names.put(name.substring(2), Value.unknown(name));
      } else if (name.startsWith("*")) {
        int from = Math.min(position, arguments.positional().size());
        inner.names.put(
            name.substring(1),
            Value.items(arguments.positional().subList(from, arguments.positional().size())));
      } else {
        Value given = arguments.get(name, position++);
        Value preset =
            parameter.preset() == null ? null : interpreter.evaluator.value(parameter.preset());
        Value bound = given != null ? given : arguments.open() ? null : preset;
        inner.names.put(name, bound == null ? Value.unknown(name) : bound);
      }
    }
  }

  /** Arguments made up for a function that nobody calls. */
  static Arguments guesses(List<Expression.Parameter> parameters) {
    List<Value> guesses = new ArrayList<>();
    for (Expression.Parameter parameter : parameters) {
      if (parameter.preset() == null && !parameter.name().startsWith("*")) {
        guesses.add(Value.unknown(parameter.name()));
      }
    }
    return new Arguments(guesses, Map.of(), false);
  }
}
