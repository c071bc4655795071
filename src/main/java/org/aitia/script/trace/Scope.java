package org.aitia.script.trace;

import org.aitia.script.syntax.Script;

/** The names of a file, a function or a class, with those around them. */
public final class Scope {
  public final Script script;
  public final Scope parent;
  public final Undoable<String, Value> names = new Undoable<>();

  /** The name of the function it is of; the file's name for a file. */
  public final String title;

  public Scope(Script script, Scope parent, String title) {
    this.script = script;
    this.parent = parent;
    this.title = title;
  }

  public Value find(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Value found = scope.names.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
