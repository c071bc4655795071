package org.aitia.script.source;

/**
 * One family of faults that a line shows by itself. Silent unless it is sure what the line does.
 */
interface SourceCheck {
  void look(Outline outline, Sources sources);
}
