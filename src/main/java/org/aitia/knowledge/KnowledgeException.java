package org.aitia.knowledge;

import java.util.List;

/** The knowledge base or the rules are not consistent. */
public final class KnowledgeException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final List<String> problems;

  public KnowledgeException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public KnowledgeException(List<String> problems, Throwable cause) {
    this(problems);
    initCause(cause);
  }

  /** Every problem, each with its file and place. */
  public List<String> problems() {
    return problems;
  }
}
