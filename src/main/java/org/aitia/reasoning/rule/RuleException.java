package org.aitia.reasoning.rule;

/** A rule failed while it fired: only a user's own can, the program's are tested. */
public final class RuleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String rule;

  public RuleException(String rule, String fault, Throwable cause) {
    super("rule \"" + rule + "\": " + fault, cause);
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }
}
