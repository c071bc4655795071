package org.aitia.script;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;

/**
 * Which scripts of a run are started.
 *
 * @param scripts those that no other imports
 * @param modules all scripts by the names that others import them under
 */
record Started(List<Script> scripts, Map<String, Script> modules) {
  /** Folders within folders whose names are part of a module's. */
  private static final int MAX_PARTS = 16;

  static Started of(List<Script> scripts) {
    Map<String, Script> modules = modules(scripts);
    Set<Script> imported = Collections.newSetFromMap(new IdentityHashMap<>());
    scripts.forEach(s -> imports(s.body(), s, modules, imported));
    return new Started(scripts.stream().filter(s -> !imported.contains(s)).toList(), modules);
  }

  private static Map<String, Script> modules(List<Script> scripts) {
    Map<String, Script> modules = new HashMap<>();
    for (Script script : scripts) {
      String name = script.module();
      modules.putIfAbsent(name, script);
      for (int i = 1; i < MAX_PARTS && name.indexOf('.') >= 0; i++) {
        name = name.substring(name.indexOf('.') + 1);
        modules.putIfAbsent(name, script);
      }
    }
    return modules;
  }

  private static void imports(
      List<Statement> body, Script from, Map<String, Script> modules, Set<Script> imported) {
    for (Statement statement : body) {
      if (statement instanceof Statement.Import one) {
        String module = one.plain();
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
