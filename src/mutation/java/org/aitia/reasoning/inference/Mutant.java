package org.aitia.reasoning.inference;

import org.aitia.knowledge.Claim;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Threshold;

/**
 * One change of what the program knows.
 *
 * @param about the symptom, the rule or the limit of observers that is changed
 * @param change in words
 * @param limit the threshold in the place of the symptom's; null for changes of rules
 * @param value the value in the place of that of a limit of observers; null for other changes
 * @param level the level in the place of the rule's; null for other changes
 * @param cause the cause that the rule claims something about at that level; null for other changes
 * @param instead name of the compiled rule in the place of the rule; null where it only goes
 */
record Mutant(
    Kind kind,
    String about,
    String change,
    Threshold limit,
    Double value,
    Level level,
    String cause,
    String instead) {
  enum Kind {
    LIMIT,
    OBSERVER,
    LEVEL,
    CONDITION,
    RULE
  }

  static Mutant limit(String symptom, String change, Threshold limit) {
    return new Mutant(Kind.LIMIT, symptom, change, limit, null, null, null, null);
  }

  static Mutant observer(String limit, String change, double value) {
    return new Mutant(Kind.OBSERVER, limit, change, null, value, null, null, null);
  }

  static Mutant level(String rule, Claim from, Level to) {
    String change = from.cause() + ": " + from.level().id() + " to " + to.id();
    return new Mutant(Kind.LEVEL, rule, change, null, null, to, from.cause(), null);
  }

  static Mutant deleted(String rule) {
    return new Mutant(Kind.RULE, rule, "deleted", null, null, null, null, null);
  }

  static Mutant condition(String rule, String change, String instead) {
    return new Mutant(Kind.CONDITION, rule, change, null, null, null, null, instead);
  }
}
