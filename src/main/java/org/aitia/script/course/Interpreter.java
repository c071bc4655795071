package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.aitia.limit.Exhausted;
import org.aitia.run.word.Lexicon;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Nest;
import org.aitia.script.trace.Scope;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
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

  /** Rounds of a loop over a literal that are run one by one. */
  private static final int MAX_UNROLLED = 6;

  /** How a block ends. */
  enum End {
    NONE,
    JUMP,
    RETURN
  }

  final Trace trace = new Trace();
  final Lexicon words;
  final Evaluator evaluator = new Evaluator(this);
  final Effort effort;
  final Calls calls = new Calls(this);
  private final Imports imports;
  private final Ways ways = new Ways(this);
  private Nest loops = Nest.none();

  private int gradientOff;
  private boolean again;
  private int clock;
  private Scope scope;
  private List<Value> returns = new ArrayList<>();
  private int line;

  /** Whether arguments of a function being run are made up. */
  private boolean guessing;

  /**
   * For scripts that import each other.
   *
   * @param words what names of libraries stand for
   * @param most steps that may be taken
   */
  public Interpreter(Map<String, Script> modules, Lexicon words, int most) {
    this.words = words;
    this.imports = new Imports(this, modules);
    this.effort = new Effort(most);
  }

  /**
   * Runs a script as the one that is started.
   *
   * @throws org.aitia.limit.Exhausted when it cannot be followed to its end
   */
  public Trace run(Script script) {
    scope = imports.begun(script, "__main__");
    block(script.body());
    if (trace.events().isEmpty()) {
      uncalled();
    }
    effort.check();
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
        calls.call(value, Calls.guesses(value.function.parameters()));
      }
    }
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
    return new Site(scope.script, line, loops, ways.around(), gradient(), scope.title, guessing);
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
    String mode = subject == null ? null : ways.mode(subject);
    trace.add(new Event(kind, subject, with, arguments, site(), mode, again));
  }

  void mode(Value model, String mode) {
    effort.parts(model, false).forEach(part -> ways.mode(part, mode));
    ways.mode(model, mode);
    event(Event.Kind.MODE, model, null, Arguments.of(Value.constant(mode)));
  }

  /** Steps taken. */
  public long steps() {
    return effort.steps();
  }

  /** Runs another file, with names of its own. */
  void run(Scope inner, List<Statement> body) {
    int outerLine = line;
    within(inner, () -> block(body));
    line = outerLine;
  }

  /**
   * Runs a function.
   *
   * @param off whether gradients are off within it
   * @return what it returns on each way
   */
  List<Value> function(Scope inner, List<Statement> body, boolean off) {
    List<Value> outer = returns;
    List<Value> returned = new ArrayList<>();
    returns = returned;
    gradientOff += off ? 1 : 0;
    run(inner, body);
    gradientOff -= off ? 1 : 0;
    returns = outer;
    return returned;
  }

  /** Evaluates something where other names hold. */
  <T> T within(Scope inner, Supplier<T> work) {
    Scope outer = scope;
    scope = inner;
    T result = work.get();
    scope = outer;
    return result;
  }

  End block(List<Statement> body) {
    End end = effort.sink() ? End.RETURN : statements(body);
    effort.rise();
    return end;
  }

  private End statements(List<Statement> body) {
    for (Statement statement : body) {
      if (effort.spent()) {
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
      Boolean known = evaluator.value(branch.test()).truth();
      return known == null ? ways.both(branch) : block(known ? branch.then() : branch.otherwise());
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
    } else if (statement instanceof Statement.Import found) {
      imports.bind(found);
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
    made.scope = new Scope(scope.script, scope, type.name());
    within(made.scope, () -> block(type.body()));
    scope.names.put(type.name(), made);
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
      off += Contexts.off(context) ? 1 : 0;
      if (with.names().get(i) != null) {
        evaluator.bind(with.names().get(i), Contexts.entered(context));
      }
    }
    gradientOff += off;
    End end = block(with.body());
    gradientOff -= off;
    return end;
  }
}
