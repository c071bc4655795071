package org.aitia.script.parse;

import java.util.ArrayList;
import java.util.List;
import org.aitia.script.syntax.Expression;

/** Turns syntax nodes into expressions. */
final class Expressions {
  private Expressions() {}

  static Expression of(Node node, int depth) {
    if (node == null) {
      return null;
    }
    if (node.isTooDeep(depth)) {
      return new Expression.Other(node.type(), List.of(), node.line());
    }
    int d = depth + 1;
    int line = node.line();
    return switch (node.type()) {
      case "identifier" -> new Expression.Name(node.text(), line);
      case "attribute" -> member(node, d);
      case "call" -> call(node, d);
      case "integer", "float" -> new Expression.Constant(number(node.text()), line);
      case "string", "concatenated_string" -> string(node, d);
      case "true", "false" -> new Expression.Constant(node.is("true"), line);
      case "none" -> new Expression.Constant(null, line);
      case "binary_operator", "boolean_operator" ->
          new Expression.Binary(
              node.field("operator") == null ? node.sign() : node.text("operator"),
              of(node.field("left"), d),
              of(node.field("right"), d),
              line);
      case "comparison_operator" -> comparison(node, d);
      case "unary_operator", "not_operator" -> unary(node, d);
      case "subscript" ->
          new Expression.Index(of(node.field("value"), d), all(node.fields("subscript"), d), line);
      case "list" -> new Expression.Items('[', all(node.children(), d), line);
      case "tuple", "expression_list", "pattern_list", "tuple_pattern" ->
          new Expression.Items('(', all(node.children(), d), line);
      case "set" -> new Expression.Items('{', all(node.children(), d), line);
      case "dictionary" -> mapping(node, d);
      case "list_comprehension",
          "set_comprehension",
          "generator_expression",
          "dictionary_comprehension" ->
          comprehension(node, d);
      case "conditional_expression" -> choice(node, d);
      case "lambda" ->
          new Expression.Lambda(
              parameters(node.field("parameters"), d), of(node.field("body"), d), line);
      case "parenthesized_expression", "await", "as_pattern_target" -> inner(node, d);
      case "named_expression" -> of(node.field("value"), d);
      default -> new Expression.Other(node.type(), all(node.children(), d), line);
    };
  }

  private static Expression inner(Node node, int depth) {
    List<Node> children = node.children();
    return children.isEmpty()
        ? new Expression.Other(node.type(), List.of(), node.line())
        : of(children.get(0), depth);
  }

  static List<Expression> all(List<Node> nodes, int depth) {
    return nodes.stream().map(n -> of(n, depth)).toList();
  }

  private static Expression call(Node node, int depth) {
    List<Expression.Argument> arguments = new ArrayList<>();
    Node given = node.field("arguments");
    if (given != null && given.is("generator_expression")) {
      arguments.add(new Expression.Argument(null, of(given, depth)));
    } else if (given != null) {
      for (Node child : given.children()) {
        arguments.add(
            switch (child.type()) {
              case "keyword_argument" ->
                  new Expression.Argument(child.text("name"), of(child.field("value"), depth));
              case "list_splat" -> new Expression.Argument("*", inner(child, depth));
              case "dictionary_splat" -> new Expression.Argument("**", inner(child, depth));
              default -> new Expression.Argument(null, of(child, depth));
            });
      }
    }
    return new Expression.Call(of(node.field("function"), depth), arguments, node.line());
  }

  private static Object number(String text) {
    String plain = text.replace("_", "");
    try {
      if (plain.length() > 1 && plain.charAt(0) == '0' && "xXoObB".indexOf(plain.charAt(1)) >= 0) {
        return (double) Long.decode(plain);
      }
      return Double.parseDouble(plain);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Expression string(Node node, int depth) {
    StringBuilder text = new StringBuilder();
    List<Expression> filled = new ArrayList<>();
    collect(node, text, filled, depth);
    return filled.isEmpty()
        ? new Expression.Constant(text.toString(), node.line())
        : new Expression.Other("format", filled, node.line());
  }

  private static void collect(Node node, StringBuilder text, List<Expression> filled, int depth) {
    for (Node child : node.children()) {
      switch (child.type()) {
        case "string" -> collect(child, text, filled, depth + 1);
        case "string_content" -> text.append(child.text());
        case "interpolation" -> filled.add(of(child.field("expression"), depth + 1));
        default -> {}
      }
    }
  }

  /** A member, unless its name is missing. */
  private static Expression member(Node node, int depth) {
    Expression of = of(node.field("object"), depth);
    String name = node.text("attribute");
    return of == null || name.isEmpty()
        ? new Expression.Other(node.type(), of == null ? List.of() : List.of(of), node.line())
        : new Expression.Member(of, name, node.line());
  }

  private static Expression comparison(Node node, int depth) {
    List<Node> operands = node.children();
    if (operands.size() != 2) {
      return new Expression.Other(node.type(), all(operands, depth), node.line());
    }
    return new Expression.Binary(
        node.sign(), of(operands.get(0), depth), of(operands.get(1), depth), node.line());
  }

  private static Expression unary(Node node, int depth) {
    return new Expression.Unary(node.sign(), of(node.field("argument"), depth), node.line());
  }

  private static Expression mapping(Node node, int depth) {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (Node child : node.children()) {
      boolean pair = child.is("pair");
      keys.add(pair ? of(child.field("key"), depth) : null);
      values.add(pair ? of(child.field("value"), depth) : inner(child, depth));
    }
    return new Expression.Mapping(keys, values, node.line());
  }

  private static Expression comprehension(Node node, int depth) {
    Node body = node.field("body");
    List<Expression> targets = new ArrayList<>();
    List<Expression> sources = new ArrayList<>();
    for (Node child : node.children()) {
      if (child.is("for_in_clause")) {
        targets.add(of(child.field("left"), depth));
        sources.add(of(child.field("right"), depth));
      }
    }
    boolean pair = body != null && body.is("pair");
    return new Expression.Comprehension(
        pair ? of(body.field("key"), depth) : null,
        pair ? of(body.field("value"), depth) : of(body, depth),
        targets,
        sources,
        node.line());
  }

  private static Expression choice(Node node, int depth) {
    List<Expression> parts = all(node.children(), depth);
    return parts.size() == 3
        ? new Expression.Choice(parts.get(1), parts.get(0), parts.get(2), node.line())
        : new Expression.Other(node.type(), parts, node.line());
  }

  static List<Expression.Parameter> parameters(Node node, int depth) {
    List<Expression.Parameter> found = new ArrayList<>();
    if (node == null) {
      return found;
    }
    for (Node child : node.children()) {
      switch (child.type()) {
        case "identifier" -> found.add(new Expression.Parameter(child.text(), null));
        case "default_parameter", "typed_default_parameter" ->
            found.add(
                new Expression.Parameter(child.text("name"), of(child.field("value"), depth)));
        case "typed_parameter" -> {
          if (!child.children().isEmpty()) {
            found.add(new Expression.Parameter(child.children().get(0).text(), null));
          }
        }
        case "list_splat_pattern", "dictionary_splat_pattern" ->
            found.add(new Expression.Parameter(child.text(), null));
        default -> {}
      }
    }
    return found;
  }
}
