package org.aitia.script.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.aitia.limit.Budget;
import org.treesitter.TSNode;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * The syntax tree of a script, taken over from the parser in one walk: to ask the parser for a
 * child by its number takes as long as there are children before it, and to ask it for a name takes
 * long by itself.
 */
final class Syntax {
  private final byte[] source;
  private final Bounds bounds;
  private final Map<Integer, Kind> kinds = new HashMap<>();
  private final Map<Integer, String> fields = new HashMap<>();
  private int line = 1;
  private int counted;

  /** What nodes of one symbol are called. */
  private record Kind(String type, boolean named) {}

  /** The tree of a text that the parser was given in UTF-8. */
  Syntax(byte[] source, Bounds bounds) {
    this.source = source;
    this.bounds = bounds;
  }

  byte[] source() {
    return source;
  }

  Bounds bounds() {
    return bounds;
  }

  /** The root, with what of the tree is read. */
  Node root(TSTree tree) {
    try (TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
      Node root = node(cursor);
      Deque<Node> path = new ArrayDeque<>();
      path.push(root);
      boolean down = cursor.gotoFirstChild();
      int nodes = 0;
      while (!path.isEmpty()) {
        Budget.step();
        if (!down) {
          path.pop();
          cursor.gotoParent();
          down = !path.isEmpty() && cursor.gotoNextSibling();
          continue;
        }
        Node node = node(cursor);
        if (++nodes > Bounds.MAX_NODES) {
          // Half a statement would say what the whole one does not.
          bounds.pass("a script of more than " + Bounds.MAX_NODES + " words ends", line);
          if (path.size() > 1) {
            root.drop();
          }
          return root;
        }
        if (!node.is("comment")) {
          path.peek().add(node);
        }
        if (cursor.gotoFirstChild()) {
          path.push(node);
        } else {
          down = cursor.gotoNextSibling();
        }
      }
      return root;
    }
  }

  private Node node(TSTreeCursor cursor) {
    TSNode node = cursor.currentNode();
    Kind kind =
        kinds.computeIfAbsent(node.getSymbol(), s -> new Kind(node.getType(), node.isNamed()));
    int id = cursor.currentFieldId();
    String field = id == 0 ? null : fields.computeIfAbsent(id, i -> cursor.currentFieldName());
    // A sign is what its type says.
    int start = kind.named() ? node.getStartByte() : 0;
    int end = kind.named() ? node.getEndByte() : 0;
    return new Node(this, kind.type(), field, kind.named(), line(start), start, end);
  }

  /** Nodes come in the order of their beginnings. */
  private int line(int start) {
    for (; counted < start; counted++) {
      line += source[counted] == '\n' ? 1 : 0;
    }
    return line;
  }
}
