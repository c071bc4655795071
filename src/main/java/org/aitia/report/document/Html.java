package org.aitia.report.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.report.Cells;

/**
 * Text for an HTML page, so that nothing from a file becomes markup; the page is well-formed XML as
 * well.
 */
final class Html {
  /** No sentence is that long; what is comes from a damaged or hostile file. */
  private static final int MAX_TEXT = 1000;

  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");

  /** What XML has no place for. */
  private static final Pattern UNFIT = Pattern.compile("[\\uFFFE\\uFFFF]");

  private Html() {}

  /** Text from anywhere, escaped. */
  static String escape(String text) {
    return text == null ? "" : Markdown.html(fit(text));
  }

  /** Text of a length that a page can bear, without what no page has a place for. */
  static String fit(String text) {
    return UNFIT.matcher(Cells.clean(cut(text))).replaceAll("");
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end) + "…";
  }

  /** Prose of the knowledge base, whose {@code `code`} is set as code. */
  static String prose(String text) {
    String whole = text == null ? "" : cut(text);
    Matcher code = CODE.matcher(whole);
    StringBuilder safe = new StringBuilder();
    int at = 0;
    while (code.find()) {
      safe.append(escape(whole.substring(at, code.start())));
      safe.append("<code>").append(escape(code.group(1))).append("</code>");
      at = code.end();
    }
    return safe.append(escape(whole.substring(at))).toString();
  }
}
