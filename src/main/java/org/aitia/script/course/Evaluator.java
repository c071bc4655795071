package org.aitia.script.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Value;

/** Evaluates expressions and assignments. */
final class Evaluator {
  private static final Set<String> BUILTINS =
      Set.of(
          "len",
          "zip",
          "enumerate",
          "list",
          "tuple",
          "reversed",
          "sorted",
          "range",
          "filter",
          "sum",
          "iter",
          "next",
          "super",
          "dict",
          "map",
          "print",
          "set",
          "min",
          "max",
          "int",
          "float",
          "round",
          "setattr",
          "getattr",
          "isinstance",
          "str",
          "tqdm",
          "open",
          "abs",
          "any",
          "all");

  private final Interpreter interpreter;
  final Library library;
  final Blend blend;
  private final Comprehensions comprehensions;

  Evaluator(Interpreter interpreter) {
    this.interpreter = interpreter;
    this.library = new Library(interpreter);
    this.blend = new Blend(interpreter);
    this.comprehensions = new Comprehensions(interpreter, this);
  }

  /** One name for what the frameworks offer under several. */
  static String canonical(String name) {
    String plain =
        name.startsWith("tensorflow.keras") ? name.substring("tensorflow.".length()) : name;
    return plain.startsWith("keras.api.")
        ? "keras." + plain.substring("keras.api.".length())
        : plain;
  }

  void effect(Expression expression) {
    if (expression instanceof Expression.Member member) {
      Value receiver = value(member.of());
      library.uncalled(receiver, member.name());
      return;
    }
    value(expression);
  }

  Value value(Expression expression) {
    if (expression == null || interpreter.effort.spent()) {
      return Value.unknown(null);
    }
    Value found = interpreter.effort.sink() ? Value.unknown(null) : evaluated(expression);
    interpreter.effort.rise();
    interpreter.effort.spend(found.size());
    return found;
  }

  private Value evaluated(Expression expression) {
    if (expression instanceof Expression.Name name) {
      return name(name);
    }
    if (expression instanceof Expression.Member member) {
      return library.members.member(value(member.of()), member.name());
    }
    if (expression instanceof Expression.Call call) {
      return call(call);
    }
    if (expression instanceof Expression.Constant constant) {
      return Value.constant(constant.value());
    }
    if (expression instanceof Expression.Binary binary) {
      return binary(binary);
    }
    if (expression instanceof Expression.Unary unary) {
      return unary(unary);
    }
    if (expression instanceof Expression.Index index) {
      Value of = value(index.of());
      List<Value> by = indices(index);
      interpreter.effort.spend(of.size());
      return library.members.index(of, by);
    }
    if (expression instanceof Expression.Items items) {
      return items(items);
    }
    return rarer(expression);
  }

  private Value rarer(Expression expression) {
    if (expression instanceof Expression.Mapping mapping) {
      return mapping(mapping);
    }
    if (expression instanceof Expression.Comprehension comprehension) {
      return comprehensions.evaluate(comprehension);
    }
    if (expression instanceof Expression.Choice choice) {
      return choice(choice);
    }
    if (expression instanceof Expression.Lambda lambda) {
      Value function = Value.of(Value.Kind.FUNCTION, "lambda");
      function.lambda = lambda;
      function.scope = interpreter.scope();
      return function;
    }
    return other((Expression.Other) expression);
  }

  private Value other(Expression.Other other) {
    Flow flow = Flow.NONE;
    for (Expression part : other.parts()) {
      flow = flow.with(value(part).flow);
    }
    Value result = Value.unknown(other.kind());
    result.flow = flow;
    return result;
  }

  private List<Value> indices(Expression.Index index) {
    return index.by().stream().map(this::value).toList();
  }

  private Value name(Expression.Name name) {
    Value found = interpreter.scope().find(name.id());
    if (found != null) {
      return found;
    }
    return BUILTINS.contains(name.id())
        ? Value.reference("builtins." + name.id())
        : Value.unknown(name.id());
  }

  private Value choice(Expression.Choice choice) {
    Boolean known = value(choice.test()).truth();
    if (known != null) {
      return value(known ? choice.then() : choice.otherwise());
    }
    return blend.either(value(choice.then()), value(choice.otherwise()));
  }

  private Value items(Expression.Items items) {
    List<Value> values = new ArrayList<>();
    for (Expression item : items.items()) {
      if (item instanceof Expression.Other splat && splat.kind().startsWith("list_splat")) {
        Value inner = splat.parts().isEmpty() ? Value.unknown(null) : value(splat.parts().get(0));
        if (!inner.is(Value.Kind.ITEMS) && !inner.is(Value.Kind.PARAMETERS)) {
          return Blend.of(new Arguments(values, Map.of(), true));
        }
        values.addAll(inner.is(Value.Kind.ITEMS) ? inner.items : List.of(inner));
      } else {
        values.add(value(item));
      }
      Value.shorten(values);
    }
    return Value.items(values);
  }

  private Value mapping(Expression.Mapping mapping) {
    Value made = Value.of(Value.Kind.MAPPING, "dict");
    for (int i = 0; i < mapping.keys().size(); i++) {
      Expression key = mapping.keys().get(i);
      made.keys.add(key == null ? Value.unknown(null) : value(key));
      made.items.add(value(mapping.values().get(i)));
      Value.shorten(made.keys);
      Value.shorten(made.items);
    }
    return made;
  }

  private Value unary(Expression.Unary unary) {
    Value operand = value(unary.operand());
    if (unary.operator().equals("-")) {
      if (!Double.isNaN(operand.number())) {
        return Value.constant(-operand.number());
      }
      return operand.is(Value.Kind.TENSOR) ? Value.tensor(Losses.negate(operand.flow)) : operand;
    }
    if (unary.operator().equals("not")) {
      Boolean known = operand.truth();
      return known == null ? Value.unknown("not") : Value.constant(!known);
    }
    return Value.tensor(operand.flow);
  }

  private Value binary(Expression.Binary binary) {
    Value left = value(binary.left());
    Value right = value(binary.right());
    interpreter.at(binary.line());
    return library.operators.apply(binary.operator(), left, right);
  }

  private Value call(Expression.Call call) {
    Value callee = value(call.callee());
    interpreter.effort.spend(callee.receiver == null ? 0 : callee.receiver.size());
    List<Value> positional = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    boolean open = false;
    for (Expression.Argument argument : call.arguments()) {
      Value given = value(argument.value());
      interpreter.effort.spend(given.size());
      if (argument.name() == null) {
        positional.add(given);
      } else if (argument.name().equals("*") && given.is(Value.Kind.ITEMS)) {
        positional.addAll(given.items);
      } else if (argument.name().equals("**") && given.is(Value.Kind.MAPPING)) {
        open |= !unpack(given, named);
      } else if (argument.name().startsWith("*")) {
        positional.addAll(argument.name().equals("*") ? List.of(given) : List.of());
        open = true;
      } else {
        named.put(argument.name(), given);
      }
      if ("**".equals(argument.name()) && given.is(Value.Kind.TENSOR)) {
        named.put("**", given);
      }
    }
    interpreter.at(call.line());
    return library.call(callee, new Arguments(positional, named, open));
  }

  private static boolean unpack(Value mapping, Map<String, Value> named) {
    for (int i = 0; i < mapping.keys.size(); i++) {
      if (!(mapping.keys.get(i).constant instanceof String key)) {
        return false;
      }
      named.put(key, mapping.items.get(i));
    }
    return !mapping.escaped;
  }

  void assign(Statement.Assign assign) {
    Value value = value(assign.value());
    if (assign.operator() != null) {
      Expression target = assign.targets().get(0);
      Value before = value(target);
      value =
          before.is(Value.Kind.ITEMS) && assign.operator().equals("+") && value.is(Value.Kind.ITEMS)
              ? extended(before, value)
              : library.operators.accumulate(assign.operator(), before, value);
    }
    for (Expression target : assign.targets()) {
      bind(target, value);
    }
  }

  private static Value extended(Value list, Value more) {
    list.items.addAll(more.items.subList(0, Math.min(more.items.size(), 64)));
    Value.shorten(list.items);
    return list;
  }

  /** Binds a target to a value. */
  void bind(Expression target, Value value) {
    if (target instanceof Expression.Name name) {
      interpreter.scope().names.put(name.id(), value);
    } else if (target instanceof Expression.Items items) {
      for (int i = 0; i < items.items().size(); i++) {
        bind(items.items().get(i), library.arrays.item(value, i, items.items().size()));
      }
    } else if (target instanceof Expression.Member member) {
      library.members.set(value(member.of()), member.name(), value);
    } else if (target instanceof Expression.Index index) {
      library.members.setItem(value(index.of()), indices(index), value);
    }
  }
}
