package org.aitia.observation.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.limit.Failure;
import org.aitia.observation.Notebook;
import org.aitia.run.script.Script;
import org.aitia.run.script.Statement;

/** All checks of the scripts of a run. */
final class ScriptChecks {
  private static final List<Check> ALL =
      List.of(
          new UpdateCheck(),
          new ModeCheck(),
          new LossCheck(),
          new KerasCheck(),
          new ParameterCheck(),
          new ScheduleCheck(),
          new DataCheck(),
          new RateCheck(),
          new SeedCheck());

  private ScriptChecks() {}

  /** What is found in the scripts, each that is started with those it imports. */
  static Collection<Finding> find(List<Script> scripts, Notebook notes) {
    Map<String, Finding> found = new LinkedHashMap<>();
    for (Trace trace : traces(scripts)) {
      Loops loops = new Loops(trace);
      for (Check check : ALL) {
        String name = check.getClass().getSimpleName();
        notes.attempt(Failure.Part.CHECK, name, () -> check.look(trace, loops));
      }
      trace.findings().forEach(f -> found.merge(f.key(), f, Finding::or));
    }
    return found.values();
  }

  /** The courses of the scripts that are started. */
  static List<Trace> traces(List<Script> scripts) {
    Map<String, Script> modules = modules(scripts);
    Set<Script> imported = new HashSet<>();
    scripts.forEach(s -> imports(s.body(), s, modules, imported));
    return scripts.stream()
        .filter(s -> !imported.contains(s))
        .map(s -> new Interpreter(modules).run(s))
        .toList();
  }

  private static Map<String, Script> modules(List<Script> scripts) {
    Map<String, Script> modules = new HashMap<>();
    for (Script script : scripts) {
      List<String> parts = new ArrayList<>(List.of(script.module().split("\\.")));
      while (!parts.isEmpty()) {
        modules.putIfAbsent(String.join(".", parts), script);
        parts.remove(0);
      }
    }
    return modules;
  }

  private static void imports(
      List<Statement> body, Script from, Map<String, Script> modules, Set<Script> imported) {
    for (Statement statement : body) {
      if (statement instanceof Statement.Import one) {
        String module = one.module().replaceFirst("^\\.+", "");
        for (String name : new String[] {module, module + "." + one.name(), one.name()}) {
          Script found = name == null || name.isEmpty() ? null : modules.get(name);
          if (found != null && found != from && (module.isEmpty() || !name.equals(one.name()))) {
            imported.add(found);
          }
        }
      } else if (statement instanceof Statement.Block block) {
        imports(block.body(), from, modules, imported);
      } else if (statement instanceof Statement.If branch) {
        imports(branch.then(), from, modules, imported);
      }
    }
  }
}
