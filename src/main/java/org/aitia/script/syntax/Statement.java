package org.aitia.script.syntax;

import java.util.List;

/** A statement of a script. Lines count from 1. */
public sealed interface Statement {
  int line();

  /**
   * An assignment.
   *
   * @param operator the operator of an augmented assignment, such as {@code +}; null otherwise
   */
  record Assign(List<Expression> targets, Expression value, String operator, int line)
      implements Statement {}

  /** An expression for its effect. */
  record Evaluate(Expression value, int line) implements Statement {}

  record If(Expression test, List<Statement> then, List<Statement> otherwise, int line)
      implements Statement {}

  /**
   * A loop.
   *
   * @param target what runs over the source; null for {@code while}
   */
  record Loop(Expression target, Expression source, List<Statement> body, int line)
      implements Statement {}

  /** A {@code with} block; a name is null where nothing is bound. */
  record With(List<Expression> contexts, List<Expression> names, List<Statement> body, int line)
      implements Statement {}

  record Define(
      String name,
      List<Expression.Parameter> parameters,
      List<Expression> decorators,
      List<Statement> body,
      int line)
      implements Statement {}

  record DefineClass(String name, List<Expression> bases, List<Statement> body, int line)
      implements Statement {}

  /** A {@code return} or {@code yield} statement; the value is null where there is none. */
  record Return(Expression value, int line) implements Statement {}

  /**
   * An import.
   *
   * @param module the module, with the dots of a relative import
   * @param name the member taken from it; null when the module itself is bound, {@code *} for all
   * @param alias the name that is bound
   */
  record Import(String module, String name, String alias, int line) implements Statement {
    /** The module without the dots of a relative import; empty when there is nothing else. */
    public String plain() {
      int dots = 0;
      while (dots < module.length() && module.charAt(dots) == '.') {
        dots++;
      }
      return module.substring(dots);
    }
  }

  /** Parts that run one after the other, such as those of a {@code try}. */
  record Block(List<Statement> body, int line) implements Statement {}

  /** {@code break}, {@code continue}, {@code pass}, {@code raise} and the like, by that word. */
  record Jump(String word, int line) implements Statement {}
}
