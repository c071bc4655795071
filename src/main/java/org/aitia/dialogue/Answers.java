package org.aitia.dialogue;

import org.aitia.knowledge.Question;

/** What may be answered to a question, and how it is kept. */
public final class Answers {
  private Answers() {}

  /**
   * The answer as it is kept.
   *
   * @throws Implausible when a number lies outside the plausible values
   */
  static String plausible(Question question, String value) {
    String taken = accepted(question, value);
    if (question.kind() == Question.Kind.NUMBER
        && question.range() != null
        && !Question.SAYS_NOTHING.contains(taken)
        && !question.range().contains(Double.parseDouble(taken))) {
      throw new Implausible(question, taken);
    }
    return taken;
  }

  /**
   * The answer as it is kept, plausible or not.
   *
   * @throws IllegalArgumentException when it is none, with what would be one
   */
  public static String accepted(Question question, String value) {
    String given = value == null ? "" : value.strip();
    if (Question.SAYS_NOTHING.contains(given)) {
      return given;
    }
    return switch (question.kind()) {
      case NUMBER -> number(question, given);
      case TEXT -> given;
      default -> choice(question, given);
    };
  }

  /** The unit behind a number is welcome. */
  private static String number(Question question, String given) {
    String unit = question.unit();
    String plain =
        unit != null && given.endsWith(unit)
            ? given.substring(0, given.length() - unit.length())
            : given;
    try {
      if (Double.isFinite(Double.parseDouble(plain))) {
        return plain.strip();
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "'" + given + "' is no number; " + question.id() + " takes one, or 'unknown'");
  }

  private static String choice(Question question, String given) {
    if (question.answers().containsKey(given)) {
      return given;
    }
    throw new IllegalArgumentException(
        "'"
            + given
            + "' is no answer to "
            + question.id()
            + "; take one of "
            + String.join(", ", question.answers().keySet())
            + ", unknown, not-applicable");
  }
}
