package org.aitia.evidence.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aitia.run.script.Script;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TreeSitterPython;

/**
 * Parses Python with tree-sitter, which mends what it cannot read: a script with an error in one
 * place is read around it.
 */
final class PythonParser {
  private PythonParser() {}

  /**
   * Parses a file.
   *
   * @throws IOException when the native parser cannot be loaded on this machine; says why
   */
  static Script parse(String file, String text) throws IOException {
    // NUL bytes end a C string; nothing of Python needs them
    String clean = text.replace('\0', ' ');
    byte[] source = clean.getBytes(StandardCharsets.UTF_8);
    try (TSParser parser = new TSParser()) {
      parser.setLanguage(new TreeSitterPython());
      TSTree tree = parser.parseString(null, clean);
      Node root = new Node(tree.getRootNode(), source);
      return new Script(file, lines(clean), Statements.of(root, 0));
    } catch (LinkageError | RuntimeException e) {
      throw new IOException(
          "the Python parser does not run on this machine ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\r?\n", -1));
  }
}
