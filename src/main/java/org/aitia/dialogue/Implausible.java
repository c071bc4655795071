package org.aitia.dialogue;

import org.aitia.knowledge.Question;

/**
 * A number that can hardly be meant: it is taken only when the user insists, {@link
 * Session#insist}.
 */
public final class Implausible extends IllegalArgumentException {
  private final transient Question question;

  Implausible(Question question, String value) {
    super(
        question.id()
            + ": "
            + value
            + " can hardly be meant; plausible are "
            + question.range().min()
            + " to "
            + question.range().max());
    this.question = question;
  }

  /** The question, which has the range of plausible values. */
  public Question question() {
    return question;
  }
}
