package org.aitia.script.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.aitia.limit.Budget;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;

/** A script as flat lists of what it holds, in no more than its order. */
final class Outline {
  /**
   * A statement with its surroundings.
   *
   * @param function the function around it; null at the top
   * @param type the class around it; null outside of classes
   * @param sure whether it stands behind no test
   */
  record Place(
      Statement statement, Statement.Define function, Statement.DefineClass type, boolean sure) {}

  /** An expression and the statement that it is part of. */
  record Use(Expression expression, Place place) {}

  private final Script script;
  private final List<Place> places = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<Statement.Define> functions = new ArrayList<>();

  Outline(Script script) {
    this.script = script;
    Deque<Place> open = new ArrayDeque<>();
    push(script.body(), new Place(null, null, null, true), open);
    while (!open.isEmpty()) {
      Budget.step();
      Place place = open.pop();
      places.add(place);
      enter(place, open);
    }
    for (Place place : places) {
      uses(place);
    }
  }

  private static void push(List<Statement> body, Place around, Deque<Place> open) {
    for (int i = body.size() - 1; i >= 0; i--) {
      open.push(new Place(body.get(i), around.function, around.type, around.sure));
    }
  }

  private void enter(Place place, Deque<Place> open) {
    Place unsure = new Place(null, place.function, place.type, false);
    if (place.statement instanceof Statement.If branch) {
      push(branch.otherwise(), unsure, open);
      push(branch.then(), unsure, open);
    } else if (place.statement instanceof Statement.Loop loop) {
      push(loop.body(), place, open);
    } else if (place.statement instanceof Statement.With with) {
      push(with.body(), place, open);
    } else if (place.statement instanceof Statement.Block block) {
      push(block.body(), place, open);
    } else if (place.statement instanceof Statement.Define define) {
      functions.add(define);
      push(define.body(), new Place(null, define, place.type, place.sure), open);
    } else if (place.statement instanceof Statement.DefineClass type) {
      push(type.body(), new Place(null, place.function, type, place.sure), open);
    }
  }

  private void uses(Place place) {
    Deque<Expression> open = new ArrayDeque<>();
    Pieces.of(place.statement).forEach(open::add);
    while (!open.isEmpty()) {
      Budget.step();
      Expression expression = open.pop();
      uses.add(new Use(expression, place));
      Pieces.of(expression).forEach(open::push);
    }
  }

  Script script() {
    return script;
  }

  List<Place> places() {
    return places;
  }

  List<Use> uses() {
    return uses;
  }

  List<Statement.Define> functions() {
    return functions;
  }

  /** The number that is written down, here or where a variable is set for the only time. */
  double number(Expression expression) {
    if (!(expression instanceof Expression.Name name)) {
      return Forms.number(expression);
    }
    List<Expression> set =
        places.stream()
            .map(Place::statement)
            .filter(Statement.Assign.class::isInstance)
            .map(Statement.Assign.class::cast)
            .filter(a -> a.targets().stream().anyMatch(t -> Forms.name(t).equals(name.id())))
            .map(Statement.Assign::value)
            .toList();
    return set.size() == 1 ? Forms.number(set.get(0)) : Double.NaN;
  }

  /** What a variable was last set to in the same function before it is used. */
  Optional<Expression> last(String variable, Use use) {
    Expression found = null;
    for (Place place : places) {
      if (place.function == use.place.function
          && place.statement instanceof Statement.Assign assign
          && assign != use.place.statement
          && assign.line() <= use.expression.line()
          && assign.operator() == null
          && assign.targets().size() == 1
          && Forms.name(assign.targets().get(0)).equals(variable)) {
        found = assign.value();
      }
    }
    return Optional.ofNullable(found);
  }

  /** The calls of what is named so, whatever it is a member of. */
  List<Use> calls(String name) {
    return uses.stream()
        .filter(u -> u.expression() instanceof Expression.Call c && Forms.name(c).equals(name))
        .toList();
  }
}
