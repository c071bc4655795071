package org.aitia.script.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A node of the syntax tree with its source. */
final class Node {
  private final Syntax syntax;
  private final String type;
  private final String field;
  private final boolean named;
  private final int line;
  private final int start;
  private final int end;
  private final List<Node> all = new ArrayList<>(2);

  Node(Syntax syntax, String type, String field, boolean named, int line, int start, int end) {
    this.syntax = syntax;
    this.type = type;
    this.field = field;
    this.named = named;
    this.line = line;
    this.start = start;
    this.end = end;
  }

  void add(Node child) {
    all.add(child);
  }

  /** Leaves the last child out. */
  void drop() {
    all.remove(all.size() - 1);
  }

  String type() {
    return type;
  }

  /** Its line, from 1. */
  int line() {
    return line;
  }

  String text() {
    return !named ? type : new String(syntax.source(), start, end - start, StandardCharsets.UTF_8);
  }

  /** The child of a field, or null. */
  Node field(String name) {
    for (Node child : all) {
      if (name.equals(child.field)) {
        return child;
      }
    }
    return null;
  }

  /** The text of a field; empty where the parser had to make it up. */
  String text(String name) {
    Node child = field(name);
    return child == null ? "" : child.text();
  }

  boolean is(String other) {
    return type.equals(other);
  }

  /** The named children. */
  List<Node> children() {
    List<Node> found = new ArrayList<>(all.size());
    for (Node child : all) {
      if (child.named) {
        found.add(child);
      }
    }
    return found;
  }

  /** The named children that stand in a field. */
  List<Node> fields(String name) {
    List<Node> found = new ArrayList<>();
    for (Node child : all) {
      if (child.named && name.equals(child.field)) {
        found.add(child);
      }
    }
    return found;
  }

  /** The first sign among the children: the operator of what has one. */
  String sign() {
    for (Node child : all) {
      if (!child.named) {
        return child.type;
      }
    }
    return "";
  }

  /**
   * Whether it lies too deep to be looked into, which is noted.
   *
   * @param depth expressions and blocks around it
   */
  boolean isTooDeep(int depth) {
    if (depth > Bounds.MAX_DEPTH) {
      syntax.bounds().pass("code is nested more than " + Bounds.MAX_DEPTH + " deep", line);
      return true;
    }
    return false;
  }
}
