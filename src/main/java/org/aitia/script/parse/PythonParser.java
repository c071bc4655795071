package org.aitia.script.parse;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aitia.limit.Budget;
import org.aitia.limit.Stop;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSParser;
import org.treesitter.TSPoint;
import org.treesitter.TSTree;
import org.treesitter.TreeSitterPython;

/**
 * Parses Python with tree-sitter, which mends what it cannot read: a script with an error in one
 * place is read around it.
 */
public final class PythonParser {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Bytes that are handed over at a time. */
  private static final int PIECE = 1 << 14;

  /** Processor time in ns that any script may take: what is read at all is read in milliseconds. */
  private static final long ALLOWANCE = 2_000_000_000L;

  /** And for each byte, four times of what plain code was measured to take. */
  private static final long PER_BYTE = 20_000;

  private final byte[] source;
  private final long until;
  private boolean late;
  private Stop stop;

  private PythonParser(byte[] source) {
    this.source = source;
    this.until = THREADS.getCurrentThreadCpuTime() + ALLOWANCE + PER_BYTE * source.length;
  }

  /**
   * A script as far as it was read.
   *
   * @param partly why some of it was not, in words that follow "because"; null when all was
   */
  record Parsed(Script script, String partly) {}

  /**
   * A script out of its text.
   *
   * @throws IOException when it cannot be parsed on this machine; says why
   */
  public static Script script(String file, String text) throws IOException {
    return parse(file, text).script();
  }

  /**
   * Parses a file.
   *
   * @throws IOException when the native parser cannot be loaded on this machine, or the text is
   *     such that it takes too long; says why
   */
  static Parsed parse(String file, String text) throws IOException {
    Bounds bounds = new Bounds();
    // NUL bytes end a C string; nothing of Python needs them
    String whole = text.replace('\0', ' ');
    String clean = Prepared.of(whole, bounds);
    byte[] source = clean.getBytes(StandardCharsets.UTF_8);
    Node root = new PythonParser(source).root(new Syntax(source, bounds));
    List<Statement> body = Statements.of(root, 0);
    return new Parsed(new Script(file, lines(whole), body), bounds.passed());
  }

  private Node root(Syntax syntax) throws IOException {
    try (TSParser parser = parser()) {
      try (TSTree tree =
          parser.parseWithOptions(
              new byte[PIECE],
              null,
              this::read,
              TSInputEncoding.TSInputEncodingUTF8,
              state -> isOver())) {
        if (stop != null) {
          throw stop;
        }
        if (late || tree == null) {
          throw new IOException(
              "is so far from Python that its parser was given up: it was not read. Does python"
                  + " -m py_compile accept it?");
        }
        return syntax.root(tree);
      }
    }
  }

  private static TSParser parser() throws IOException {
    try {
      TSParser parser = new TSParser();
      parser.setLanguage(new TreeSitterPython());
      return parser;
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

  private int read(byte[] piece, int offset, TSPoint place) {
    int size = Math.max(0, Math.min(piece.length, source.length - offset));
    // What looks ahead over and over reads over and over. When it is over, so is the text.
    if (size == 0 || isOver()) {
      return 0;
    }
    System.arraycopy(source, offset, piece, 0, size);
    return size;
  }

  /** Whether to parse no further. Nothing may be thrown through native code. */
  private boolean isOver() {
    if (stop == null && !late) {
      try {
        Budget.check();
        late = THREADS.getCurrentThreadCpuTime() > until;
      } catch (Stop e) {
        stop = e;
      }
    }
    return stop != null || late;
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\r?\n", -1));
  }
}
