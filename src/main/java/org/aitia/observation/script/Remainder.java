package org.aitia.observation.script;

import org.aitia.run.script.Expression;
import org.aitia.run.script.Statement;

/** Tests of the kind {@code i % n == 0}: something is done every n-th time. */
final class Remainder {
  private Remainder() {}

  static boolean in(Statement.If branch) {
    return in(branch.test());
  }

  private static boolean in(Expression test) {
    return test instanceof Expression.Binary binary
        && (binary.operator().equals("%") || in(binary.left()) || in(binary.right()));
  }
}
