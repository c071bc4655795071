package org.aitia.evidence.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.treesitter.TSNode;

/** A node of the syntax tree with its source. */
record Node(TSNode node, byte[] source) {
  String type() {
    return node.getType();
  }

  int line() {
    return node.getStartPoint().getRow() + 1;
  }

  String text() {
    return new String(
        source,
        node.getStartByte(),
        node.getEndByte() - node.getStartByte(),
        StandardCharsets.UTF_8);
  }

  /** The child of a field, or null. */
  Node field(String name) {
    TSNode child = node.getChildByFieldName(name);
    return child == null || child.isNull() ? null : new Node(child, source);
  }

  boolean is(String type) {
    return type.equals(node.getType());
  }

  /** The named children, comments left out. */
  List<Node> children() {
    List<Node> found = new ArrayList<>();
    for (int i = 0; i < node.getNamedChildCount(); i++) {
      Node child = new Node(node.getNamedChild(i), source);
      if (!child.is("comment")) {
        found.add(child);
      }
    }
    return found;
  }

  /** The children that stand in a field. */
  List<Node> fields(String name) {
    List<Node> found = new ArrayList<>();
    for (int i = 0; i < node.getChildCount(); i++) {
      if (name.equals(node.getFieldNameForChild(i)) && node.getChild(i).isNamed()) {
        found.add(new Node(node.getChild(i), source));
      }
    }
    return found;
  }
}
