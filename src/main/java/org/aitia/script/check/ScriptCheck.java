package org.aitia.script.check;

import org.aitia.script.trace.Trace;

/** One family of faults that a script can have. Silent unless it is sure what the script does. */
public interface ScriptCheck {
  void look(Trace trace, Loops loops);
}
