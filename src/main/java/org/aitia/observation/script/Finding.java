package org.aitia.observation.script;

import org.aitia.run.script.Script;

/**
 * Something found in a script.
 *
 * @param what id of the measure it is noted under
 * @param line where it stands
 * @param value the number that belongs to it; 1 for a mere fact
 */
record Finding(String what, Script script, int line, double value) {}
