package org.aitia.script.course;

import java.util.IdentityHashMap;
import java.util.Map;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Scope;
import org.aitia.script.trace.Undoable;
import org.aitia.script.trace.Value;

/** Imports of a script: its own files are run, all else is known by its name. */
final class Imports {
  private final Interpreter interpreter;
  private final Map<String, Script> modules;
  private final Map<Script, Scope> imported = new IdentityHashMap<>();

  /**
   * For one script.
   *
   * @param modules its files by the names under which they import one another
   */
  Imports(Interpreter interpreter, Map<String, Script> modules) {
    this.interpreter = interpreter;
    this.modules = modules;
  }

  /** Binds what an import names. */
  void bind(Statement.Import imports) {
    Scope scope = interpreter.scope();
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
      names.names.forEach((name, value) -> bindUnlessBound(scope, name, value));
      interpreter.effort.spend(names.names.size());
    } else {
      Value found = names.names.get(imports.name());
      scope.names.put(imports.alias(), found == null ? Value.unknown(imports.name()) : found);
    }
  }

  private static void bindUnlessBound(Scope scope, String name, Value value) {
    if (scope.names.get(name) == null) {
      scope.names.put(name, value);
    }
  }

  private Value namespace(Script script) {
    Value value = Value.of(Value.Kind.OBJECT, script.module());
    Undoable<String, Value> names = load(script).names;
    names.forEach(value.fields::put);
    interpreter.effort.spend(names.size());
    return value;
  }

  private Scope load(Script script) {
    Scope known = imported.get(script);
    if (known != null) {
      return known;
    }
    Scope loaded = begun(script, script.module());
    interpreter.run(loaded, script.body());
    return loaded;
  }

  /** The names of a file that is run under a name. */
  Scope begun(Script script, String name) {
    Scope begun = new Scope(script, null, script.file());
    imported.put(script, begun);
    begun.names.put("__name__", Value.constant(name));
    return begun;
  }
}
