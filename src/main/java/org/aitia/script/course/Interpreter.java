package org.aitia.script.course;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.aitia.limit.Budget;
import org.aitia.limit.Exhausted;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Modules;
import org.aitia.script.trace.Nest;
import org.aitia.script.trace.Scope;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Undoable;
import org.aitia.script.trace.Value;

/**
 * Runs a script in the abstract: each statement once, both ways of a branch whose test is not
 * known, the body of an outermost loop twice, so that what one round leaves behind meets the next.
 */
public final class Interpreter {
  /**
   * Steps of one script at most: a script that people write takes some thousands. Of one that is
   * not followed to its end nothing is said, for much that is said is that something never comes.
   */
  public static final int MAX_STEPS = 400_000;

  /** Calls within calls: people write no deeper ones, and what calls itself goes on for ever. */
  private static final int MAX_CALLS = 24;

  /**
   * Blocks and expressions within each other, across calls: more than calls that people write hold,
   * and few enough for the stack of a thread.
   */
  private static final int MAX_DEPTH = 600;

  /** Items or modules of a value that cost as much to take over as one more step. */
  private static final int PER_STEP = 16;

  /** Parts of a module that cost as much to visit as one more step. */
  private static final int PER_VISIT = 4;

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
  private final int most;
  private final Map<Script, Scope> imported = new IdentityHashMap<>();
  final Trace trace = new Trace();
  final Evaluator evaluator = new Evaluator(this);
  private Nest loops = Nest.none();
  private final List<Statement.If> branches = new ArrayList<>();
  private final List<Statement.Define> calls = new ArrayList<>();
  private final Undoable<Value, String> modes = new Undoable<>();

  /** The branches as they are now; null when they changed since somebody asked. */
  private List<Statement.If> around;

  private int gradientOff;
  private boolean again;
  private long steps;
  private int depth;
  private boolean isTooDeep;
  private int clock;
  private Scope scope;
  private List<Value> returns = new ArrayList<>();
  private int line;

  /** Whether arguments of a function being run are made up. */
  private boolean guessing;

  /**
   * For scripts that import each other.
   *
   * @param most steps that may be taken
   */
  public Interpreter(Map<String, Script> modules, int most) {
    this.modules = modules;
    this.most = most;
  }

  /**
   * Runs a script as the one that is started.
   *
   * @throws org.aitia.limit.Exhausted when it cannot be followed to its end
   */
  public Trace run(Script script) {
    scope = new Scope(script, null, script.file());
    imported.put(script, scope);
    scope.names.put("__name__", Value.constant("__main__"));
    block(script.body());
    if (trace.events().isEmpty()) {
      uncalled();
    }
    if (isTooDeep) {
      throw new Exhausted("nests calls, blocks or modules too deep");
    }
    if (steps > most) {
      throw new Exhausted("takes more than " + most + " steps to follow");
    }
    if (trace.isFull()) {
      throw new Exhausted("does more than " + Trace.MAX_EVENTS + " things of a kind");
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
    return new Site(scope.script, line, loops, branches(), gradient(), scope.title, guessing);
  }

  private List<Statement.If> branches() {
    if (around == null) {
      around = List.copyOf(branches);
    }
    return around;
  }

  void at(int next) {
    line = next > 0 ? next : line;
  }

  /** A comprehension is a loop too. */
  void enter(Statement.Loop loop) {
    loops = loops.with(loop);
  }

  void leave() {
    loops = loops.outer();
  }

  void event(Event.Kind kind, Value subject, Value with, Arguments arguments) {
    String mode = subject == null ? null : modes.getOrDefault(subject, "default");
    trace.add(new Event(kind, subject, with, arguments, site(), mode, again));
  }

  void mode(Value model, String mode) {
    modes.put(model, mode);
    event(Event.Kind.MODE, model, null, Arguments.of(Value.constant(mode)));
  }

  /** Takes a step; whether there are none left. */
  boolean spent() {
    Budget.step();
    return ++steps > most || isTooDeep;
  }

  /** Counts what takes longer than one step. */
  void spend(int size) {
    steps += size / PER_STEP;
  }

  /** The parts of a module as they are now. */
  Set<Value> parts(Value module, boolean lists) {
    Set<Value> parts = Modules.parts(module, lists);
    visited(parts.size());
    return parts;
  }

  /** Counts parts of a module that were visited. */
  void visited(int parts) {
    steps += parts / PER_VISIT;
  }

  /** Steps taken. */
  public long steps() {
    return steps;
  }

  /** Goes one deeper; whether that is too deep. To be left by {@link #rise} in any case. */
  boolean sink() {
    isTooDeep |= ++depth > MAX_DEPTH;
    return isTooDeep;
  }

  /** Gives the script up: what it holds is nested without an end. */
  void drown() {
    isTooDeep = true;
  }

  void rise() {
    depth--;
  }

  private End block(List<Statement> body) {
    End end = sink() ? End.RETURN : statements(body);
    rise();
    return end;
  }

  private End statements(List<Statement> body) {
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
    Undoable<String, Value> names = scope.names;
    branches.add(branch);
    around = null;
    Map<String, Value> namesMark = names.begin();
    Map<Value, String> modesMark = modes.begin();
    End then = block(branch.then());
    Map<String, Value> namesThen = names.undo(namesMark);
    Map<Value, String> modesThen = modes.undo(modesMark);
    names.begin();
    modes.begin();
    End otherwise = block(branch.otherwise());
    branches.remove(branches.size() - 1);
    around = null;
    if (then == End.NONE && otherwise != End.NONE) {
      names.undo(namesMark);
      modes.undo(modesMark);
      namesThen.forEach(names::put);
      modesThen.forEach(modes::put);
    } else {
      Map<String, Value> namesBefore = names.keep(namesMark);
      Map<Value, String> modesBefore = modes.keep(modesMark);
      if (then == End.NONE) {
        namesThen.forEach((name, value) -> merge(names, name, value));
        namesBefore.forEach(
            (name, value) -> {
              if (!namesThen.containsKey(name) && value != null) {
                merge(names, name, value);
              }
            });
        modesBefore.forEach(modesThen::putIfAbsent);
        modesThen.forEach(this::doubt);
      }
    }
    return then == End.NONE || otherwise == End.NONE ? End.NONE : End.RETURN;
  }

  /** A name that has one value on one way and another on the other. */
  private void merge(Undoable<String, Value> names, String name, Value value) {
    Value other = names.get(name);
    names.put(name, other == null ? value : evaluator.either(other, value));
  }

  /** A mode that depends on the way that is gone. */
  private void doubt(Value model, String mode) {
    if (!Objects.equals(mode, modes.getOrDefault(model, "default"))) {
      modes.put(model, "unknown");
    }
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
    enter(loop);
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
    leave();
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
    String module = imports.plain();
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
      names.names.forEach(this::bindUnlessBound);
      spend(names.names.size());
    } else {
      Value found = names.names.get(imports.name());
      scope.names.put(imports.alias(), found == null ? Value.unknown(imports.name()) : found);
    }
  }

  private void bindUnlessBound(String name, Value value) {
    if (scope.names.get(name) == null) {
      scope.names.put(name, value);
    }
  }

  private Value namespace(Script script) {
    Value value = Value.of(Value.Kind.OBJECT, script.module());
    Undoable<String, Value> names = load(script).names;
    names.forEach(value.fields::put);
    spend(names.size());
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
      return evaluator.blend(arguments);
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
    Value result = returns.stream().reduce(evaluator::either).orElse(Value.constant(null));
    scope = outer;
    line = outerLine;
    returns = outerReturns;
    return result;
  }

  /** Evaluates a lambda. */
  Value call(Value function, Expression.Lambda lambda, Arguments arguments) {
    if (calls.size() >= MAX_CALLS || spent()) {
      return evaluator.blend(arguments);
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
