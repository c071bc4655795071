package org.aitia.script.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.aitia.limit.Budget;
import org.aitia.script.syntax.Expression;

/** What expressions look like. */
final class Forms {
  private Forms() {}

  /** The last name of what is called; empty when it has none. */
  static String name(Expression.Call call) {
    return name(call.callee());
  }

  /** The last name of a variable or a member; empty for anything else. */
  static String name(Expression expression) {
    if (expression instanceof Expression.Member member) {
      return member.name();
    }
    return expression instanceof Expression.Name name ? name.id() : "";
  }

  /** What a member is taken of, by its last name; empty when it is none. */
  static String owner(Expression expression) {
    return expression instanceof Expression.Member member ? name(member.of()) : "";
  }

  /** The value of a keyword. */
  static Optional<Expression> keyword(Expression.Call call, String name) {
    return call.arguments().stream()
        .filter(a -> name.equals(a.name()))
        .map(Expression.Argument::value)
        .findFirst();
  }

  /** The value of an argument that is given by its position, counted from 0. */
  static Optional<Expression> positional(Expression.Call call, int position) {
    return call.arguments().stream()
        .filter(a -> a.name() == null)
        .map(Expression.Argument::value)
        .skip(position)
        .findFirst();
  }

  static boolean is(Expression expression, Object constant) {
    return expression instanceof Expression.Constant c && constant.equals(c.value());
  }

  /** The number that is written down; NaN when none is. */
  static double number(Expression expression) {
    if (expression instanceof Expression.Unary unary && unary.operator().equals("-")) {
      return -number(unary.operand());
    }
    return expression instanceof Expression.Constant c && c.value() instanceof Double d
        ? d
        : Double.NaN;
  }

  static boolean calls(Expression expression, String name) {
    return expression instanceof Expression.Call call && name(call).equals(name);
  }

  /** Whether it or a part of it is of a kind. */
  static boolean any(Expression expression, Predicate<Expression> kind) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(expression);
    while (!open.isEmpty()) {
      Budget.step();
      Expression next = open.pop();
      if (kind.test(next)) {
        return true;
      }
      Pieces.of(next).forEach(open::push);
    }
    return false;
  }

  /** How names, members, texts and items are written; empty for anything else. */
  static String written(Expression expression) {
    if (expression instanceof Expression.Name name) {
      return name.id();
    }
    if (expression instanceof Expression.Member member) {
      String of = written(member.of());
      return of.isEmpty() ? "" : of + '.' + member.name();
    }
    if (expression instanceof Expression.Constant constant) {
      return String.valueOf(constant.value());
    }
    if (expression instanceof Expression.Index index && index.by().size() == 1) {
      String of = written(index.of());
      String by = written(index.by().get(0));
      return of.isEmpty() || by.isEmpty() ? "" : of + '[' + by + ']';
    }
    return "";
  }

  /** Whether a variable is used in it. */
  static boolean uses(Expression expression, String variable) {
    return any(expression, e -> e instanceof Expression.Name n && n.id().equals(variable));
  }
}
