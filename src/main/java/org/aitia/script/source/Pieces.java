package org.aitia.script.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** What statements and expressions are made of, without what their blocks hold. */
final class Pieces {
  private Pieces() {}

  static List<Expression> of(Statement statement) {
    List<Expression> parts = new ArrayList<>();
    if (statement instanceof Statement.Assign assign) {
      parts.addAll(assign.targets());
      parts.add(assign.value());
    } else if (statement instanceof Statement.Evaluate evaluate) {
      parts.add(evaluate.value());
    } else if (statement instanceof Statement.If branch) {
      parts.add(branch.test());
    } else if (statement instanceof Statement.Loop loop) {
      parts.add(loop.target());
      parts.add(loop.source());
    } else if (statement instanceof Statement.With with) {
      parts.addAll(with.contexts());
    } else if (statement instanceof Statement.Define define) {
      parts.addAll(define.decorators());
      define.parameters().forEach(p -> parts.add(p.preset()));
    } else if (statement instanceof Statement.DefineClass type) {
      parts.addAll(type.bases());
    } else if (statement instanceof Statement.Return returned) {
      parts.add(returned.value());
    }
    return parts.stream().filter(Objects::nonNull).toList();
  }

  static List<Expression> of(Expression expression) {
    Stream<Expression> parts = Stream.empty();
    if (expression instanceof Expression.Member member) {
      parts = Stream.of(member.of());
    } else if (expression instanceof Expression.Call call) {
      parts =
          Stream.concat(
              Stream.of(call.callee()), call.arguments().stream().map(Expression.Argument::value));
    } else if (expression instanceof Expression.Binary binary) {
      parts = Stream.of(binary.left(), binary.right());
    } else if (expression instanceof Expression.Unary unary) {
      parts = Stream.of(unary.operand());
    } else if (expression instanceof Expression.Index index) {
      parts = Stream.concat(Stream.of(index.of()), index.by().stream());
    } else if (expression instanceof Expression.Items items) {
      parts = items.items().stream();
    } else if (expression instanceof Expression.Mapping mapping) {
      parts = Stream.concat(mapping.keys().stream(), mapping.values().stream());
    } else {
      parts = rarer(expression);
    }
    return parts.filter(Objects::nonNull).toList();
  }

  private static Stream<Expression> rarer(Expression expression) {
    if (expression instanceof Expression.Comprehension all) {
      return Stream.concat(
          Stream.of(all.element()), Stream.concat(all.targets().stream(), all.sources().stream()));
    }
    if (expression instanceof Expression.Choice choice) {
      return Stream.of(choice.test(), choice.then(), choice.otherwise());
    }
    if (expression instanceof Expression.Lambda lambda) {
      return Stream.of(lambda.body());
    }
    return expression instanceof Expression.Other other ? other.parts().stream() : Stream.empty();
  }
}
