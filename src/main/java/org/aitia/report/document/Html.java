package org.aitia.report.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an HTML page that is being written. Whatever comes in as text is escaped here, so that
 * nothing from a file becomes markup; the page is well-formed XML as well.
 */
final class Html {
  /** No sentence is that long; what is comes from a damaged or hostile file. */
  private static final int MAX_TEXT = 1000;

  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");

  /** What XML has no place for. */
  private static final Pattern UNFIT = Pattern.compile("[\\uFFFE\\uFFFF]");

  private final StringBuilder out = new StringBuilder();

  /** Text from anywhere, escaped. */
  static String escape(String text) {
    return text == null ? "" : UNFIT.matcher(Markdown.html(cut(text))).replaceAll("");
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
    Matcher code = CODE.matcher(text == null ? "" : cut(text));
    StringBuilder safe = new StringBuilder();
    String whole = text == null ? "" : cut(text);
    int at = 0;
    while (code.find()) {
      safe.append(escape(whole.substring(at, code.start())));
      safe.append("<code>").append(escape(code.group(1))).append("</code>");
      at = code.end();
    }
    return safe.append(escape(whole.substring(at))).toString();
  }

  /** Markup as it is. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** An element with text. */
  Html text(String element, String style, String text) {
    return element(element, style, escape(text));
  }

  /** An element with prose of the knowledge base. */
  Html prose(String element, String style, String text) {
    return element(element, style, prose(text));
  }

  /** An element with markup. */
  Html element(String element, String style, String markup) {
    return open(element, style).raw(markup).close(element);
  }

  Html open(String element, String style) {
    out.append('<').append(element);
    if (style != null) {
      out.append(" class=\"").append(escape(style)).append('"');
    }
    out.append('>');
    return this;
  }

  Html close(String element) {
    out.append("</").append(element).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
