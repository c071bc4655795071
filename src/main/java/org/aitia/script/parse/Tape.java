package org.aitia.script.parse;

/** A script's text as it is copied piece by piece, with what is written in between. */
final class Tape {
  private final String text;
  private final StringBuilder out;
  private int at;
  private int line = 1;

  Tape(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length() + 16);
  }

  boolean hasMore() {
    return at < text.length();
  }

  /** The next character. */
  char next() {
    return text.charAt(at);
  }

  /** Whether this is what comes next. */
  boolean next(String words) {
    return text.startsWith(words, at);
  }

  /** Number of the line that is copied, from 1. */
  int line() {
    return line;
  }

  void countLine() {
    line++;
  }

  void take(int count) {
    out.append(text, at, at + count);
    at += count;
  }

  /** Leaves characters out. */
  void drop(int count) {
    at += count;
  }

  void write(String words) {
    out.append(words);
  }

  /** How much is written. */
  int written() {
    return out.length();
  }

  /** What is written, to be mended. */
  StringBuilder copy() {
    return out;
  }

  void dropComment() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  /** Takes a backslash that joins a line and the next. */
  boolean join() {
    int next = at + 1;
    boolean joins =
        next < text.length() && (text.charAt(next) == '\n' || text.startsWith("\r\n", next));
    if (joins) {
      take(text.charAt(next) == '\r' ? 3 : 2);
      line++;
    }
    return joins;
  }

  /** Takes a backslash in a string, with what it takes the meaning of; raw strings do so too. */
  boolean escape() {
    if (next() != '\\' || at + 1 >= text.length()) {
      return false;
    }
    int size = text.startsWith("\r\n", at + 1) ? 3 : 2;
    line += text.charAt(at + size - 1) == '\n' ? 1 : 0;
    take(size);
    return true;
  }

  /** Whether a brace comes after the next character: a backslash does not change its meaning. */
  boolean isBraceNext() {
    return at + 1 < text.length() && "{}".indexOf(text.charAt(at + 1)) >= 0;
  }

  /** Whether the letters before a quote make a formatted string of it. */
  boolean isFormatted() {
    int from = at;
    boolean formatted = false;
    while (from > 0 && at - from < 2 && "rRbBuUfF".indexOf(text.charAt(from - 1)) >= 0) {
      from--;
      formatted |= text.charAt(from) == 'f' || text.charAt(from) == 'F';
    }
    return formatted && (from == 0 || !Character.isJavaIdentifierPart(text.charAt(from - 1)));
  }

  /** Columns that the line to come is indented by; -1 where it is blank or a comment. */
  int indent() {
    int end = at;
    int width = 0;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      width = text.charAt(end) == ' ' ? width + 1 : (width / 8 + 1) * 8;
      end++;
    }
    boolean blank = end == text.length() || "#\r\n".indexOf(text.charAt(end)) >= 0;
    return blank ? -1 : width;
  }
}
