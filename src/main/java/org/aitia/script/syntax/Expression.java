package org.aitia.script.syntax;

import java.util.List;

/** An expression of a script. Lines count from 1. */
public sealed interface Expression {
  int line();

  /** A variable. */
  record Name(String id, int line) implements Expression {}

  /** A member of something: {@code of.name}. */
  record Member(Expression of, String name, int line) implements Expression {}

  /** A call. */
  record Call(Expression callee, List<Argument> arguments, int line) implements Expression {}

  /**
   * An argument of a call.
   *
   * @param name the keyword; null when given by position, {@code *} and {@code **} when unpacked
   */
  record Argument(String name, Expression value) {}

  /**
   * A literal.
   *
   * @param value a number as Double, a text, a Boolean, or null for {@code None}
   */
  record Constant(Object value, int line) implements Expression {}

  /** Two operands; comparisons and {@code and}, {@code or} too. */
  record Binary(String operator, Expression left, Expression right, int line)
      implements Expression {}

  /** One operand: {@code -}, {@code not} ... */
  record Unary(String operator, Expression operand, int line) implements Expression {}

  /** A subscript. */
  record Index(Expression of, List<Expression> by, int line) implements Expression {}

  /** A list, a tuple or a set, by its opening bracket. */
  record Items(char bracket, List<Expression> items, int line) implements Expression {}

  /** A dictionary; a key is null where another dictionary is unpacked. */
  record Mapping(List<Expression> keys, List<Expression> values, int line) implements Expression {}

  /**
   * A comprehension or generator.
   *
   * @param key the key of a dictionary's entry; null otherwise
   */
  record Comprehension(
      Expression key,
      Expression element,
      List<Expression> targets,
      List<Expression> sources,
      int line)
      implements Expression {}

  /** {@code then if test else otherwise}. */
  record Choice(Expression test, Expression then, Expression otherwise, int line)
      implements Expression {}

  /** A lambda. */
  record Lambda(List<Parameter> parameters, Expression body, int line) implements Expression {}

  /** A parameter of a function; the name of one that collects the rest starts with a star. */
  record Parameter(String name, Expression preset) {}

  /** Anything else, by its parts. */
  record Other(String kind, List<Expression> parts, int line) implements Expression {}
}
