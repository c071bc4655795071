package org.aitia.observation.script;

/** One family of faults that a script can have. Silent unless it is sure what the script does. */
interface Check {
  void look(Trace trace, Loops loops);
}
