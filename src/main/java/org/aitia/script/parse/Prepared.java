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

  private final Tape tape;
  private final Bounds bounds;
  private final List<Open> open = new ArrayList<>();
  private final List<Integer> indents = new ArrayList<>();

  /** What to write at the end of a line for what it opens and nothing closes. */
  private final Map<Integer, StringBuilder> closers = new HashMap<>();

  private int joined;

  /** Where the last statement that is not indented begins in what was written. */
  private int start;

  private int startLine = 1;

  private Prepared(String text, Bounds bounds) {
    this.tape = new Tape(text);
    this.bounds = bounds;
  }

  static String of(String text, Bounds bounds) {
    Prepared prepared = new Prepared(text, bounds);
    return prepared.all() ? prepared.mended() : prepared.cut();
  }

  private String cut() {
    tape.copy().setLength(start);
    closers.keySet().removeIf(l -> l >= startLine);
    return mended();
  }

  /** Whether all could be read. */
  private boolean all() {
    if (!begin()) {
      return false;
    }
    while (tape.hasMore()) {
      Budget.step();
      char c = tape.next();
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

  private boolean code(char c) {
    switch (c) {
      case '#' -> tape.dropComment();
      case '"', '\'' -> string(c);
      case '(', '[', '{' -> {
        if (open.size() >= MAX_BRACKETS) {
          return bounds.pass(
              "brackets are nested more than " + MAX_BRACKETS + " deep", tape.line());
        }
        open.add(new Open(String.valueOf(c), false));
        tape.take(1);
      }
      case ')', ']', '}' -> close(String.valueOf(c));
      case ':' -> {
        if (inField()) {
          open.add(new Open(Open.SPEC, false));
        }
        tape.take(1);
      }
      case '\\' -> {
        if (tape.join()) {
          return joined();
        }
        tape.take(1);
      }
      case '\n' -> {
        return newline();
      }
      default -> tape.take(1);
    }
    return true;
  }

  private boolean inField() {
    int size = open.size();
    return size >= 2 && top().what.equals(Open.FIELD) && open.get(size - 2).isText();
  }

  private boolean joined() {
    return ++joined <= MAX_JOINED
        || bounds.pass(
            "more than " + MAX_JOINED + " lines are joined by backslashes", tape.line() - 1);
  }

  private boolean newline() {
    if (top() != null && top().end == 0) {
      top().end = tape.line();
    }
    tape.take(1);
    tape.countLine();
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
    int width = tape.indent();
    if (width < 0) {
      return true;
    }
    if (width == 0) {
      start = tape.written();
      startLine = tape.line();
    }
    while (!indents.isEmpty() && indents.get(indents.size() - 1) >= width) {
      indents.remove(indents.size() - 1);
    }
    indents.add(width);
    return indents.size() <= MAX_INDENTS + 1
        || bounds.pass("blocks are nested more than " + MAX_INDENTS + " deep", tape.line());
  }

  /** Whether a line begins with what stands within no bracket: one before it was never closed. */
  private boolean isDefinition() {
    return tape.next("def ")
        || tape.next("class ")
        || tape.next("import ")
        || tape.next("async def ");
  }

  private void close(String closer) {
    int from = open.size() - 1;
    while (from >= 0 && !open.get(from).isString && !open.get(from).closer().equals(closer)) {
      from--;
    }
    if (from < 0 || open.get(from).isString) {
      tape.drop(1); // nothing of the kind is open
      return;
    }
    while (open.size() - 1 > from) {
      tape.write(open.remove(open.size() - 1).closer());
    }
    open.remove(from);
    tape.take(1);
  }

  /** Nothing closes what is open: it is taken to end with a line, and not with the script. */
  private void closeAll() {
    int end = tape.line();
    while (!open.isEmpty()) {
      Open lost = open.remove(open.size() - 1);
      end = lost.end == 0 ? end : lost.end;
      closers.computeIfAbsent(end, l -> new StringBuilder()).append(lost.closer());
    }
  }

  private void string(char quote) {
    String quotes = String.valueOf(quote).repeat(3);
    quotes = tape.next(quotes) ? quotes : String.valueOf(quote);
    boolean formatted = tape.isFormatted();
    tape.take(quotes.length());
    if (formatted && open.size() < MAX_BRACKETS) {
      open.add(new Open(quotes, true));
      return;
    }
    while (tape.hasMore()) {
      Budget.step();
      if (tape.next(quotes)) {
        tape.take(quotes.length());
        return;
      }
      if (tape.escape()) {
        continue;
      }
      if (tape.next() == '\n') {
        if (quotes.length() == 1) {
          tape.write(quotes);
          return;
        }
        tape.countLine();
      }
      tape.take(1);
    }
    tape.write(quotes);
  }

  /** The text of a formatted string, or how a field of it is written. */
  private boolean text(char c) {
    Open top = top();
    if (top.isString && tape.next(top.what)) {
      tape.take(top.what.length());
      open.remove(open.size() - 1);
      return true;
    }
    if (!tape.isBraceNext() && tape.escape()) {
      return true;
    }
    if (top.isString && (tape.next("{{") || tape.next("}}"))) {
      tape.take(2);
      return true;
    }
    if (c == '{') {
      if (open.size() >= MAX_BRACKETS) {
        return bounds.pass("brackets are nested more than " + MAX_BRACKETS + " deep", tape.line());
      }
      open.add(new Open(Open.FIELD, false));
    } else if (c == '}' && top.what.equals(Open.SPEC)) {
      open.remove(open.size() - 1);
      open.remove(open.size() - 1);
    } else if (c == '\n') {
      if (!isTripled()) {
        endString();
        return newline();
      }
      tape.countLine();
    }
    tape.take(1);
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
      tape.write(lost.closer());
      ended = lost.isString;
    }
  }

  /** What was written, with what lost brackets lack. */
  private String mended() {
    if (closers.isEmpty()) {
      return tape.copy().toString();
    }
    StringBuilder out = tape.copy();
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
