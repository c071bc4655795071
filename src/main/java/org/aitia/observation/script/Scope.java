package org.aitia.observation.script;

import org.aitia.run.script.Script;

/** The names of a file, a function or a class, with those around them. */
final class Scope {
  final Script script;
  final Scope parent;
  final Undoable<String, Value> names = new Undoable<>();

  /** The name of the function it is of; the file's name for a file. */
  final String title;

  Scope(Script script, Scope parent, String title) {
    this.script = script;
    this.parent = parent;
    this.title = title;
  }

  Value find(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Value found = scope.names.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
