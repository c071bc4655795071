package org.aitia.script.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Undoable;
import org.aitia.script.trace.Value;

/** Both ways of a branch whose test is not known, and what holds on each. */
final class Ways {
  private final Interpreter interpreter;
  private final List<Statement.If> branches = new ArrayList<>();
  private final Undoable<Value, String> modes = new Undoable<>();

  /** The branches as they are now; null when they changed since somebody asked. */
  private List<Statement.If> around;

  Ways(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  /** The branches around what is followed now. */
  List<Statement.If> around() {
    if (around == null) {
      around = List.copyOf(branches);
    }
    return around;
  }

  /** The mode a model is in. */
  String mode(Value model) {
    return modes.getOrDefault(model, "default");
  }

  void mode(Value model, String mode) {
    modes.put(model, mode);
  }

  /** Follows both ways, the one as if the other were not. */
  Interpreter.End both(Statement.If branch) {
    Undoable<String, Value> names = interpreter.scope().names;
    branches.add(branch);
    around = null;
    Map<String, Value> namesMark = names.begin();
    Map<Value, String> modesMark = modes.begin();
    Interpreter.End then = interpreter.block(branch.then());
    Map<String, Value> namesThen = names.undo(namesMark);
    Map<Value, String> modesThen = modes.undo(modesMark);
    names.begin();
    modes.begin();
    Interpreter.End otherwise = interpreter.block(branch.otherwise());
    branches.remove(branches.size() - 1);
    around = null;
    if (then == Interpreter.End.NONE && otherwise != Interpreter.End.NONE) {
      names.undo(namesMark);
      modes.undo(modesMark);
      namesThen.forEach(names::put);
      modesThen.forEach(modes::put);
    } else {
      Map<String, Value> namesBefore = names.keep(namesMark);
      Map<Value, String> modesBefore = modes.keep(modesMark);
      if (then == Interpreter.End.NONE) {
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
    return then == Interpreter.End.NONE || otherwise == Interpreter.End.NONE
        ? Interpreter.End.NONE
        : Interpreter.End.RETURN;
  }

  /** A name that has one value on one way and another on the other. */
  private void merge(Undoable<String, Value> names, String name, Value value) {
    Value other = names.get(name);
    names.put(name, other == null ? value : interpreter.evaluator.blend.either(other, value));
  }

  /** A mode that depends on the way that is gone. */
  private void doubt(Value model, String mode) {
    if (!Objects.equals(mode, modes.getOrDefault(model, "default"))) {
      modes.put(model, "unknown");
    }
  }
}
