package org.aitia.script.trace;

import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Tests of the kind {@code i % n == 0}: something is done every n-th time. */
public final class Remainder {
  private Remainder() {}

  public static boolean in(Statement.If branch) {
    return in(branch.test());
  }

  private static boolean in(Expression test) {
    return test instanceof Expression.Binary binary
        && (binary.operator().equals("%") || in(binary.left()) || in(binary.right()));
  }
}
