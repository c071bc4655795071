package org.aitia.script.syntax;

import java.util.List;

/**
 * A Python file of the run.
 *
 * @param file path relative to the run's folder, with forward slashes
 * @param lines its lines, as far as they are quoted; the first has number 1
 */
public record Script(String file, List<String> lines, List<Statement> body) {
  /** Characters of a quoted line at most: longer lines are no line that a person wrote. */
  private static final int MAX_QUOTE = 120;

  public Script {
    lines = List.copyOf(lines);
    body = List.copyOf(body);
  }

  /** A line as it is quoted, without its indent; empty when there is none of that number. */
  public String quote(int line) {
    if (line < 1 || line > lines.size()) {
      return "";
    }
    String text = lines.get(line - 1).strip();
    return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "...";
  }

  /** The name that other files of the folder import it under, such as {@code utils.model}. */
  public String module() {
    String path = file.endsWith(".py") ? file.substring(0, file.length() - 3) : file;
    path = path.endsWith("/__init__") ? path.substring(0, path.length() - 9) : path;
    return path.replace('/', '.');
  }
}
