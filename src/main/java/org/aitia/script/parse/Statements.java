package org.aitia.script.parse;

import java.util.ArrayList;
import java.util.List;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Statement;

/** Turns syntax nodes into statements. */
final class Statements {
  private Statements() {}

  /** The statements of a block or of the whole file. */
  static List<Statement> of(Node block, int depth) {
    List<Statement> found = new ArrayList<>();
    if (block != null && !block.isTooDeep(depth)) {
      for (Node child : block.children()) {
        add(child, found, depth + 1);
      }
    }
    return found;
  }

  private static void add(Node node, List<Statement> to, int depth) {
    int line = node.line();
    switch (node.type()) {
      case "expression_statement" -> node.children().forEach(c -> expression(c, to, depth));
      case "if_statement" -> to.add(branch(node, node.fields("alternative"), 0, depth));
      case "for_statement" ->
          to.add(
              new Statement.Loop(
                  Expressions.of(node.field("left"), depth),
                  Expressions.of(node.field("right"), depth),
                  of(node.field("body"), depth),
                  line));
      case "while_statement" ->
          to.add(
              new Statement.Loop(
                  null,
                  Expressions.of(node.field("condition"), depth),
                  of(node.field("body"), depth),
                  line));
      case "with_statement" -> to.add(with(node, depth));
      case "function_definition" -> to.add(function(node, List.of(), depth));
      case "class_definition" -> to.add(type(node, depth));
      case "decorated_definition" -> decorated(node, to, depth);
      case "return_statement" ->
          to.add(
              new Statement.Return(
                  node.children().isEmpty() ? null : Expressions.of(node.children().get(0), depth),
                  line));
      case "import_statement", "import_from_statement", "future_import_statement" ->
          imports(node, to);
      case "try_statement", "match_statement" -> {
        List<Statement> parts = new ArrayList<>();
        blocks(node, parts, depth);
        to.add(new Statement.Block(parts, line));
      }
      case "break_statement", "continue_statement", "pass_statement", "raise_statement" ->
          to.add(new Statement.Jump(node.type().replace("_statement", ""), line));
      default -> {}
    }
  }

  private static void blocks(Node node, List<Statement> to, int depth) {
    for (Node child : node.children()) {
      if (child.is("block")) {
        to.addAll(of(child, depth));
      } else if (child.type().endsWith("_clause") && !child.isTooDeep(depth)) {
        blocks(child, to, depth + 1);
      }
    }
  }

  private static void expression(Node node, List<Statement> to, int depth) {
    switch (node.type()) {
      case "assignment" -> assignment(node, to, depth);
      case "augmented_assignment" -> {
        Expression target = Expressions.of(node.field("left"), depth);
        if (target != null) {
          String operator = node.text("operator").replace("=", "");
          Expression value = Expressions.of(node.field("right"), depth);
          to.add(new Statement.Assign(List.of(target), value, operator, node.line()));
        }
      }
      case "yield" ->
          to.add(
              new Statement.Return(
                  node.children().isEmpty() ? null : Expressions.of(node.children().get(0), depth),
                  node.line()));
      default -> to.add(new Statement.Evaluate(Expressions.of(node, depth), node.line()));
    }
  }

  private static void assignment(Node node, List<Statement> to, int depth) {
    List<Expression> targets = new ArrayList<>();
    Node value = node;
    while (value != null && value.is("assignment") && !node.isTooDeep(targets.size())) {
      targets.add(Expressions.of(value.field("left"), depth));
      value = value.field("right");
    }
    if (value != null) {
      to.add(new Statement.Assign(targets, Expressions.of(value, depth), null, node.line()));
    }
  }

  /**
   * A test with what follows when it holds and when not.
   *
   * @param next the first of the alternatives that is left
   */
  private static Statement branch(Node node, List<Node> alternatives, int next, int depth) {
    List<Statement> otherwise = new ArrayList<>();
    if (next < alternatives.size()) {
      Node other = alternatives.get(next);
      if (!other.is("elif_clause")) {
        otherwise.addAll(of(other.field("body"), depth));
      } else if (!other.isTooDeep(depth)) {
        otherwise.add(branch(other, alternatives, next + 1, depth + 1));
      }
    }
    return new Statement.If(
        Expressions.of(node.field("condition"), depth),
        of(node.field("consequence"), depth),
        otherwise,
        node.line());
  }

  private static Statement with(Node node, int depth) {
    List<Expression> contexts = new ArrayList<>();
    List<Expression> names = new ArrayList<>();
    for (Node clause : node.children()) {
      if (!clause.is("with_clause")) {
        continue;
      }
      for (Node item : clause.children()) {
        Node value = item.field("value");
        boolean named = value != null && value.is("as_pattern") && !value.children().isEmpty();
        contexts.add(Expressions.of(named ? value.children().get(0) : value, depth));
        names.add(named ? Expressions.of(value.field("alias"), depth) : null);
      }
    }
    return new Statement.With(contexts, names, of(node.field("body"), depth), node.line());
  }

  private static Statement function(Node node, List<Expression> decorators, int depth) {
    return new Statement.Define(
        node.text("name"),
        Expressions.parameters(node.field("parameters"), depth),
        decorators,
        of(node.field("body"), depth),
        node.line());
  }

  private static Statement type(Node node, int depth) {
    Node bases = node.field("superclasses");
    return new Statement.DefineClass(
        node.text("name"),
        bases == null ? List.of() : Expressions.all(bases.children(), depth),
        of(node.field("body"), depth),
        node.line());
  }

  private static void decorated(Node node, List<Statement> to, int depth) {
    Node definition = node.field("definition");
    List<Expression> decorators = new ArrayList<>();
    for (Node child : node.children()) {
      if (child.is("decorator") && !child.children().isEmpty()) {
        decorators.add(Expressions.of(child.children().get(0), depth));
      }
    }
    if (definition != null) {
      to.add(
          definition.is("function_definition")
              ? function(definition, decorators, depth)
              : type(definition, depth));
    }
  }

  private static void imports(Node node, List<Statement> to) {
    Node from = node.field("module_name");
    for (Node name : node.fields("name")) {
      boolean renamed = name.is("aliased_import");
      String path = renamed ? name.text("name") : name.text();
      if (from != null) {
        String alias = renamed ? name.text("alias") : path;
        to.add(new Statement.Import(from.text(), path, alias, node.line()));
      } else if (renamed) {
        to.add(new Statement.Import(path, null, name.text("alias"), node.line()));
      } else {
        // "import a.b" binds a
        String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
        to.add(new Statement.Import(first, null, first, node.line()));
      }
    }
    if (from != null && node.children().stream().anyMatch(c -> c.is("wildcard_import"))) {
      to.add(new Statement.Import(from.text(), "*", "*", node.line()));
    }
  }
}
