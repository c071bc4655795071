package org.aitia.observation.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.aitia.run.script.Expression;
import org.aitia.run.script.Script;
import org.aitia.run.script.Statement;

/**
 * Runs a script in the abstract: each statement once, both ways of a branch whose test is not
 * known, the body of an outermost loop twice, so that what one round leaves behind meets the next.
 */
final class Interpreter {
  /** Steps of one script at most: beyond that the rest is not looked at. */
  private static final int MAX_STEPS = 400_000;

  private static final int MAX_CALLS = 24;

  /** Rounds of a loop over a literal that are run one by one. */
  private static final int MAX_UNROLLED = 6;

  private static final Set<String> GRADIENT_OFF =
      Set.of("no_grad", "inference_mode", "_no_grad", "stop_gradient");

  private enum End {
    NONE,
    JUMP,
    RETURN
  }

  private final Map<String, Script> modules;
  private final Map<Script, Scope> imported = new HashMap<>();
  final Trace trace = new Trace();
  final Evaluator evaluator = new Evaluator(this);
  private final List<Statement.Loop> loops = new ArrayList<>();
  private final List<Statement.If> branches = new ArrayList<>();
  private final List<Statement.Define> calls = new ArrayList<>();
  private Map<Value, String> modes = new IdentityHashMap<>();
  private int gradientOff;
  private boolean again;
  private int steps;
  private int clock;
  private Scope scope;
  private List<Value> returns = new ArrayList<>();
  private int line;

  /** Whether arguments of a function being run are made up. */
  private boolean guessing;

  Interpreter(Map<String, Script> modules) {
    this.modules = modules;
  }

  /** Runs a script as the one that is started. */
  Trace run(Script script) {
    scope = new Scope(script, null, script.file());
    imported.put(script, scope);
    scope.names.put("__name__", Value.constant("__main__"));
    block(script.body());
    if (trace.events().isEmpty()) {
      uncalled();
    }
    return trace;
  }

  /** Functions that nobody called, for a file that only defines them. */
  private void uncalled() {
    guessing = true;
    for (Value value : List.copyOf(scope.names.values())) {
      if (value.is(Value.Kind.FUNCTION) && value.function != null) {
        call(value, guesses(value.function.parameters()));
      }
    }
  }

  static Arguments guesses(List<Expression.Parameter> parameters) {
    List<Value> guesses = new ArrayList<>();
    for (Expression.Parameter parameter : parameters) {
      if (parameter.preset() == null && !parameter.name().startsWith("*")) {
        guesses.add(Value.unknown(parameter.name()));
      }
    }
    return new Arguments(guesses, Map.of(), false);
  }

  Scope scope() {
    return scope;
  }

  int tick() {
    return ++clock;
  }

  boolean gradient() {
    return gradientOff == 0;
  }

  Site site() {
    return new Site(
        scope.script,
        line,
        List.copyOf(loops),
        List.copyOf(branches),
        gradient(),
        scope.title,
        guessing);
  }

  void at(int next) {
    line = next > 0 ? next : line;
  }

  /** A comprehension is a loop too. */
  void enter(Statement.Loop loop) {
    loops.add(loop);
  }

  void leave() {
    loops.remove(loops.size() - 1);
  }

  void event(Event.Kind kind, Value subject, Value with, Arguments arguments) {
    String mode = subject == null ? null : modes.getOrDefault(subject, "default");
    trace.add(new Event(kind, subject, with, arguments, site(), mode, again));
  }

  void mode(Value model, String mode) {
    modes.put(model, mode);
    event(Event.Kind.MODE, model, null, Arguments.of(Value.constant(mode)));
  }

  boolean spent() {
    return ++steps > MAX_STEPS;
  }

  private End block(List<Statement> body) {
    for (Statement statement : body) {
      if (spent()) {
        return End.RETURN;
      }
      at(statement.line());
      End end = run(statement);
      if (end != End.NONE) {
        return end;
      }
    }
    return End.NONE;
  }

  private End run(Statement statement) {
    if (statement instanceof Statement.If branch) {
      return branch(branch);
    }
    if (statement instanceof Statement.Loop loop) {
      return loop(loop);
    }
    if (statement instanceof Statement.With with) {
      return with(with);
    }
    if (statement instanceof Statement.Block block) {
      return block(block.body());
    }
    if (statement instanceof Statement.Jump jump) {
      return jump.word().equals("pass") ? End.NONE : End.JUMP;
    }
    if (statement instanceof Statement.Return returned) {
      returns.add(
          returned.value() == null ? Value.constant(null) : evaluator.value(returned.value()));
      return End.RETURN;
    }
    if (statement instanceof Statement.Assign assign) {
      evaluator.assign(assign);
    } else if (statement instanceof Statement.Evaluate evaluate) {
      evaluator.effect(evaluate.value());
    } else if (statement instanceof Statement.Define define) {
      Value function = Value.of(Value.Kind.FUNCTION, define.name());
      function.function = define;
      function.scope = scope;
      scope.names.put(define.name(), function);
    } else if (statement instanceof Statement.DefineClass type) {
      define(type);
    } else if (statement instanceof Statement.Import imports) {
      bind(imports);
    }
    return End.NONE;
  }

  private void define(Statement.DefineClass type) {
    Value made = Value.of(Value.Kind.CLASS, type.name());
    made.type = type;
    for (Expression base : type.bases()) {
      Value found = evaluator.value(base);
      if (made.base == null || found.is(Value.Kind.CLASS)) {
        made.base = found;
      }
    }
    Scope outer = scope;
    made.scope = new Scope(outer.script, outer, type.name());
    scope = made.scope;
    block(type.body());
    scope = outer;
    scope.names.put(type.name(), made);
  }

  private End branch(Statement.If branch) {
    Boolean known = evaluator.value(branch.test()).truth();
    if (known != null) {
      return block(known ? branch.then() : branch.otherwise());
    }
    Map<String, Value> before = new LinkedHashMap<>(scope.names);
    Map<Value, String> modesBefore = new IdentityHashMap<>(modes);
    branches.add(branch);
    End then = block(branch.then());
    Map<String, Value> afterThen = new LinkedHashMap<>(scope.names);
    Map<Value, String> modesThen = modes;
    scope.names.clear();
    scope.names.putAll(before);
    modes = new IdentityHashMap<>(modesBefore);
    End otherwise = block(branch.otherwise());
    branches.remove(branches.size() - 1);
    if (then == End.NONE && otherwise == End.NONE) {
      afterThen.forEach((name, value) -> scope.names.merge(name, value, Evaluator::either));
      Map<Value, String> other = modes;
      modesThen.forEach(
          (model, mode) -> {
            if (!Objects.equals(mode, other.getOrDefault(model, "default"))) {
              other.put(model, "unknown");
            }
          });
      other.keySet().stream()
          .filter(m -> !modesThen.containsKey(m))
          .toList()
          .forEach(m -> other.put(m, "unknown"));
    } else if (then == End.NONE) {
      scope.names.clear();
      scope.names.putAll(afterThen);
      modes = modesThen;
    }
    return then == End.NONE || otherwise == End.NONE ? End.NONE : End.RETURN;
  }

  private End loop(Statement.Loop loop) {
    Value source = evaluator.value(loop.source());
    boolean known =
        loop.target() != null
            && source.is(Value.Kind.ITEMS)
            && !source.items.isEmpty()
            && source.items.size() <= MAX_UNROLLED;
    if (known) {
      for (Value item : source.items) {
        evaluator.bind(loop.target(), item);
        block(loop.body());
      }
      return End.NONE;
    }
    boolean outermost = loops.isEmpty() && !again;
    loops.add(loop);
    if (loop.target() != null) {
      event(Event.Kind.ITERATE, evaluator.library.arrays.loader(source), null, source.made);
    }
    for (int round = 0; round < (outermost ? 2 : 1); round++) {
      again = round > 0 || again;
      if (loop.target() != null) {
        evaluator.bind(loop.target(), evaluator.library.arrays.element(source));
      }
      block(loop.body());
    }
    again = outermost ? false : again;
    loops.remove(loops.size() - 1);
    return End.NONE;
  }

  private End with(Statement.With with) {
    int off = 0;
    for (int i = 0; i < with.contexts().size(); i++) {
      Value context = evaluator.value(with.contexts().get(i));
      off += off(context) ? 1 : 0;
      if (with.names().get(i) != null) {
        evaluator.bind(with.names().get(i), entered(context));
      }
    }
    gradientOff += off;
    End end = block(with.body());
    gradientOff -= off;
    return end;
  }

  /** The apex library scales a loss in a context. */
  private static Value entered(Value context) {
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

  private void bind(Statement.Import imports) {
    String module = imports.module().replaceFirst("^\\.+", "");
    Script local = module.isEmpty() ? modules.get(imports.name()) : modules.get(module);
    if (local == null) {
      Script inside = imports.name() == null ? null : modules.get(module + "." + imports.name());
      if (inside != null) {
        scope.names.put(imports.alias(), namespace(inside));
        return;
      }
      String whole = imports.name() == null ? module : module + "." + imports.name();
      if (!"*".equals(imports.name())) {
        scope.names.put(imports.alias(), Value.reference(Evaluator.canonical(whole)));
      }
      return;
    }
    Scope names = load(local);
    if (imports.name() == null || module.isEmpty()) {
      scope.names.put(imports.alias(), namespace(local));
    } else if (imports.name().equals("*")) {
      names.names.forEach(scope.names::putIfAbsent);
    } else {
      Value found = names.names.get(imports.name());
      scope.names.put(imports.alias(), found == null ? Value.unknown(imports.name()) : found);
    }
  }

  private Value namespace(Script script) {
    Value value = Value.of(Value.Kind.OBJECT, script.module());
    value.fields.putAll(load(script).names);
    return value;
  }

  private Scope load(Script script) {
    Scope known = imported.get(script);
    if (known != null) {
      return known;
    }
    Scope outer = scope;
    int outerLine = line;
    scope = new Scope(script, null, script.file());
    imported.put(script, scope);
    scope.names.put("__name__", Value.constant(script.module()));
    block(script.body());
    Scope loaded = scope;
    scope = outer;
    line = outerLine;
    return loaded;
  }

  /** Calls a function of the script. */
  Value call(Value function, Arguments arguments) {
    Statement.Define define = function.function;
    long open = calls.stream().filter(c -> c == define).count();
    if (calls.size() >= MAX_CALLS || open > 1 || spent()) {
      return Evaluator.blend(arguments);
    }
    Scope outer = scope;
    int outerLine = line;
    List<Value> outerReturns = returns;
    returns = new ArrayList<>();
    Scope inner = new Scope(function.scope.script, function.scope, define.name());
    bindParameters(define.parameters(), arguments, inner);
    boolean off = define.decorators().stream().map(evaluator::value).anyMatch(Interpreter::off);
    scope = inner;
    calls.add(define);
    gradientOff += off ? 1 : 0;
    block(define.body());
    gradientOff -= off ? 1 : 0;
    calls.remove(calls.size() - 1);
    Value result = returns.stream().reduce(Evaluator::either).orElse(Value.constant(null));
    scope = outer;
    line = outerLine;
    returns = outerReturns;
    return result;
  }

  /** Evaluates a lambda. */
  Value call(Value function, Expression.Lambda lambda, Arguments arguments) {
    if (calls.size() >= MAX_CALLS || spent()) {
      return Evaluator.blend(arguments);
    }
    Scope outer = scope;
    scope = new Scope(function.scope.script, function.scope, outer.title);
    bindParameters(lambda.parameters(), arguments, scope);
    calls.add(null);
    Value result = evaluator.value(lambda.body());
    calls.remove(calls.size() - 1);
    scope = outer;
    return result;
  }

  private void bindParameters(
      List<Expression.Parameter> parameters, Arguments arguments, Scope inner) {
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
        Value preset = parameter.preset() == null ? null : evaluator.value(parameter.preset());
        Value bound = given != null ? given : arguments.open() ? null : preset;
        inner.names.put(name, bound == null ? Value.unknown(name) : bound);
      }
    }
  }
}
