package org.aitia.script.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.limit.Budget;

/**
 * A script's text as the parser gets it: the same statements in the same lines, without comments
 * and with every bracket and string closed. The parser goes through a row of comments once for each
 * of them, and through all that follows a lost bracket once for each word. What Python itself
 * refuses to read is left out with all that comes after it.
 */
final class Prepared {
  /** As deep as Python's own tokenizer goes (MAXLEVEL). */
  static final int MAX_BRACKETS = 200;

  /** As deep as Python's own tokenizer goes (MAXINDENT). */
  static final int MAX_INDENTS = 100;

  /** Lines that backslashes join: nobody joins more, and the parser reads them again and again. */
  static final int MAX_JOINED = 100;

  private static final String FIELD = "{";
  private static final String SPEC = ":";

  /** Something open. */
  private static final class Open {
    /**
     * The bracket; {@link #FIELD} and {@link #SPEC} within a formatted string; else the quotes of
     * such a string.
     */
    final String what;

    final boolean isString;

    /** The first line that ends with nothing else open within it; 0 before there is one. */
    int end;

    Open(String what, boolean isString) {
      this.what = what;
      this.isString = isString;
    }

    /** Whether what follows is text and no code. */
    boolean isText() {
      return isString || what.equals(SPEC);
    }

    String closer() {
      return switch (what) {
        case "(" -> ")";
        case "[" -> "]";
        case FIELD -> "}";
        case SPEC -> "";
        default -> what;
      };
    }
  }

  private final String text;
  private final Bounds bounds;
  private final StringBuilder out;
  private final List<Open> open = new ArrayList<>();
  private final List<Integer> indents = new ArrayList<>();

  /** What to write at the end of a line for what it opens and nothing closes. */
  private final Map<Integer, StringBuilder> closers = new HashMap<>();

  private int at;
  private int line = 1;
  private int joined;

  /** Where the last statement that is not indented begins in what was written. */
  private int start;

  private int startLine = 1;

  private Prepared(String text, Bounds bounds) {
    this.text = text;
    this.bounds = bounds;
    this.out = new StringBuilder(text.length() + 16);
  }

  static String of(String text, Bounds bounds) {
    Prepared prepared = new Prepared(text, bounds);
    return prepared.all() ? prepared.mended() : prepared.cut();
  }

  private String cut() {
    out.setLength(start);
    closers.keySet().removeIf(l -> l >= startLine);
    return mended();
  }

  /** Whether all could be read. */
  private boolean all() {
    if (!begin()) {
      return false;
    }
    while (at < text.length()) {
      Budget.step();
      char c = text.charAt(at);
      boolean good = top() != null && top().isText() ? text(c) : code(c);
      if (!good) {
        return false;
      }
    }
    closeAll();
    return true;
  }

  private Open top() {
    return open.isEmpty() ? null : open.get(open.size() - 1);
  }

  private void take(int count) {
    out.append(text, at, at + count);
    at += count;
  }

  private boolean code(char c) {
    switch (c) {
      case '#' -> comment();
      case '"', '\'' -> string(c);
      case '(', '[', '{' -> {
        if (open.size() >= MAX_BRACKETS) {
          return bounds.pass("brackets are nested more than " + MAX_BRACKETS + " deep", line);
        }
        open.add(new Open(String.valueOf(c), false));
        take(1);
      }
      case ')', ']', '}' -> close(String.valueOf(c));
      case ':' -> {
        if (inField()) {
          open.add(new Open(SPEC, false));
        }
        take(1);
      }
      case '\\' -> {
        if (isNewline(at + 1)) {
          return join();
        }
        take(1);
      }
      case '\n' -> {
        return newline();
      }
      default -> take(1);
    }
    return true;
  }

  private boolean inField() {
    int size = open.size();
    return size >= 2 && top().what.equals(FIELD) && open.get(size - 2).isText();
  }

  private void comment() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  private boolean isNewline(int place) {
    return place < text.length() && (text.charAt(place) == '\n' || text.startsWith("\r\n", place));
  }

  /** A backslash that joins a line and the next. */
  private boolean join() {
    if (++joined > MAX_JOINED) {
      return bounds.pass("more than " + MAX_JOINED + " lines are joined by backslashes", line);
    }
    take(text.charAt(at + 1) == '\r' ? 3 : 2);
    line++;
    return true;
  }

  private boolean newline() {
    if (top() != null && top().end == 0) {
      top().end = line;
    }
    take(1);
    line++;
    joined = 0;
    return begin();
  }

  /** At the beginning of a line of code that no backslash joins to the last. */
  private boolean begin() {
    if (!open.isEmpty()) {
      if (!top().isText() && isDefinition()) {
        closeAll();
      } else {
        return true;
      }
    }
    int end = at;
    int width = 0;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      width = text.charAt(end) == ' ' ? width + 1 : (width / 8 + 1) * 8;
      end++;
    }
    boolean blank = end == text.length() || "#\r\n".indexOf(text.charAt(end)) >= 0;
    if (blank) {
      return true;
    }
    if (width == 0) {
      start = out.length();
      startLine = line;
    }
    while (!indents.isEmpty() && indents.get(indents.size() - 1) >= width) {
      indents.remove(indents.size() - 1);
    }
    indents.add(width);
    return indents.size() <= MAX_INDENTS + 1
        || bounds.pass("blocks are nested more than " + MAX_INDENTS + " deep", line);
  }

  /** Whether a line begins with what stands within no bracket: one before it was never closed. */
  private boolean isDefinition() {
    return text.startsWith("def ", at)
        || text.startsWith("class ", at)
        || text.startsWith("import ", at)
        || text.startsWith("async def ", at);
  }

  private void close(String closer) {
    int from = open.size() - 1;
    while (from >= 0 && !open.get(from).isString && !open.get(from).closer().equals(closer)) {
      from--;
    }
    if (from < 0 || open.get(from).isString) {
      at++; // nothing of the kind is open
      return;
    }
    while (open.size() - 1 > from) {
      out.append(open.remove(open.size() - 1).closer());
    }
    open.remove(from);
    take(1);
  }

  /** Nothing closes what is open: it is taken to end with a line, and not with the script. */
  private void closeAll() {
    int end = line;
    while (!open.isEmpty()) {
      Open lost = open.remove(open.size() - 1);
      end = lost.end == 0 ? end : lost.end;
      closers.computeIfAbsent(end, l -> new StringBuilder()).append(lost.closer());
    }
  }

  private void string(char quote) {
    String quotes = String.valueOf(quote).repeat(3);
    quotes = text.startsWith(quotes, at) ? quotes : String.valueOf(quote);
    boolean formatted = isFormatted();
    take(quotes.length());
    if (formatted && open.size() < MAX_BRACKETS) {
      open.add(new Open(quotes, true));
      return;
    }
    while (at < text.length()) {
      Budget.step();
      if (text.startsWith(quotes, at)) {
        take(quotes.length());
        return;
      }
      if (escape()) {
        continue;
      }
      if (text.charAt(at) == '\n') {
        if (quotes.length() == 1) {
          out.append(quotes);
          return;
        }
        line++;
      }
      take(1);
    }
    out.append(quotes);
  }

  /** A backslash in a string, with what it takes the meaning of; raw strings do so too. */
  private boolean escape() {
    if (text.charAt(at) != '\\' || at + 1 >= text.length()) {
      return false;
    }
    int size = text.startsWith("\r\n", at + 1) ? 3 : 2;
    line += text.charAt(at + size - 1) == '\n' ? 1 : 0;
    take(size);
    return true;
  }

  /** Whether the letters before a quote make a formatted string of it. */
  private boolean isFormatted() {
    int from = at;
    boolean formatted = false;
    while (from > 0 && at - from < 2 && "rRbBuUfF".indexOf(text.charAt(from - 1)) >= 0) {
      from--;
      formatted |= text.charAt(from) == 'f' || text.charAt(from) == 'F';
    }
    return formatted && (from == 0 || !Character.isJavaIdentifierPart(text.charAt(from - 1)));
  }

  /** The text of a formatted string, or how a field of it is written. */
  private boolean text(char c) {
    Open top = top();
    if (top.isString && text.startsWith(top.what, at)) {
      take(top.what.length());
      open.remove(open.size() - 1);
      return true;
    }
    boolean brace = at + 1 < text.length() && "{}".indexOf(text.charAt(at + 1)) >= 0;
    if (!brace && escape()) {
      return true;
    }
    if (top.isString && (text.startsWith("{{", at) || text.startsWith("}}", at))) {
      take(2);
      return true;
    }
    if (c == '{') {
      if (open.size() >= MAX_BRACKETS) {
        return bounds.pass("brackets are nested more than " + MAX_BRACKETS + " deep", line);
      }
      open.add(new Open(FIELD, false));
    } else if (c == '}' && top.what.equals(SPEC)) {
      open.remove(open.size() - 1);
      open.remove(open.size() - 1);
    } else if (c == '\n') {
      if (!isTripled()) {
        endString();
        return newline();
      }
      line++;
    }
    take(1);
    return true;
  }

  private boolean isTripled() {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).isString) {
        return open.get(i).what.length() == 3;
      }
    }
    return false;
  }

  /** A string that ends with its line. */
  private void endString() {
    boolean ended = false;
    while (!ended) {
      Open lost = open.remove(open.size() - 1);
      out.append(lost.closer());
      ended = lost.isString;
    }
  }

  /** What was written, with what lost brackets lack. */
  private String mended() {
    if (closers.isEmpty()) {
      return out.toString();
    }
    StringBuilder mended = new StringBuilder(out.length() + 2 * closers.size());
    int number = 1;
    for (int from = 0; from < out.length(); number++) {
      int end = out.indexOf("\n", from);
      end = end < 0 ? out.length() : end;
      int last = end > from && out.charAt(end - 1) == '\r' ? end - 1 : end;
      mended.append(out, from, last);
      mended.append(closers.getOrDefault(number, new StringBuilder()));
      mended.append(out, last, Math.min(end + 1, out.length()));
      from = end + 1;
    }
    return mended.toString();
  }
}
