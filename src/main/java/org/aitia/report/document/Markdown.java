package org.aitia.report.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.report.Cells;

/**
 * Escapes for Markdown. What came from files must not become a heading, a table cell, HTML, a link,
 * or a mention of somebody when a report is pasted into an issue tracker.
 */
final class Markdown {
  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");

  /** Breaks up what trackers make links of without showing. */
  private static final String JOINER = "\u2060";

  private Markdown() {}

  /** Text from anywhere, on one line, shown literally. */
  static String text(String text) {
    String clean = Cells.clean(text).strip();
    StringBuilder safe = new StringBuilder(clean.length() + 16);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '\\', '`', '*', '[', ']', '|', '~', '$' -> safe.append('\\').append(c);
        case '_' -> safe.append(insideWord(clean, i) ? "_" : "\\_");
        case '@' -> safe.append('@').append(JOINER);
        case '#' -> safe.append(i == 0 ? "\\#" : "#").append(nextIsDigit(clean, i) ? JOINER : "");
        case '/' ->
            safe.append(c)
                .append(i > 0 && clean.charAt(i - 1) == ':' && next(clean, i) == '/' ? JOINER : "");
        default -> safe.append(c);
      }
    }
    return lineStart(safe.toString());
  }

  /** Prose of the knowledge base, whose {@code `code`} is kept as code. */
  static String prose(String text) {
    String clean = Cells.clean(text).strip();
    Matcher code = CODE.matcher(clean);
    StringBuilder safe = new StringBuilder();
    int at = 0;
    while (code.find()) {
      safe.append(between(clean, at, code.start())).append(code(code.group(1)));
      at = code.end();
    }
    return safe.append(between(clean, at, clean.length())).toString();
  }

  private static String between(String text, int from, int to) {
    String part = text.substring(from, to);
    String escaped = text(part);
    return (part.startsWith(" ") && from > 0 ? " " : "")
        + escaped
        + (part.endsWith(" ") && part.length() > 1 && to < text.length() ? " " : "");
  }

  /** Text as code; also safe in a table. */
  static String code(String text) {
    String clean = Cells.clean(text).strip();
    if (clean.isEmpty()) {
      return "";
    }
    // In a table GitHub splits cells at a bar before it sees the code span.
    clean = clean.replace("|", "¦");
    int run = 0;
    int longest = 0;
    for (int i = 0; i < clean.length(); i++) {
      run = clean.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String room = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
    return fence + room + clean + room + fence;
  }

  /** A relative link to a file. */
  static String link(String path) {
    StringBuilder safe = new StringBuilder();
    for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      safe.append(plain ? String.valueOf(c) : String.format("%%%02X", b & 0xff));
    }
    return safe.toString();
  }

  /** HTML text. */
  static String html(String text) {
    return Cells.clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A line must not begin a list, a quotation or a rule of its own. */
  private static String lineStart(String text) {
    if (!text.isEmpty() && "-+=".indexOf(text.charAt(0)) >= 0) {
      return "\\" + text;
    }
    return text.replaceFirst("^(\\d+)([.)])(?=\\s|$)", "$1\\\\$2");
  }

  private static boolean insideWord(String text, int i) {
    return i > 0
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(next(text, i));
  }

  private static boolean nextIsDigit(String text, int i) {
    return Character.isDigit(next(text, i));
  }

  private static char next(String text, int i) {
    return i + 1 < text.length() ? text.charAt(i + 1) : ' ';
  }
}
