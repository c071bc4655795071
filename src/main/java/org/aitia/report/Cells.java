package org.aitia.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in the cells of a terminal: Chinese characters take two, and texts that came from files must
 * not steer the terminal.
 */
public final class Cells {
  /** Punctuation that must not begin a line. */
  private static final String NOT_FIRST = "，。、；：！？）】》」』”’…·,.;:!?)]}%°";

  /** Punctuation that must not end a line. */
  private static final String NOT_LAST = "（【《「『“‘([{";

  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x4DBF}, {0x4E00, 0xA4CF}, {0xA960, 0xA97F},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}
  };

  private Cells() {}

  /** How many cells a text takes. */
  public static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (point >= range[0] && point <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /**
   * The text on one line without anything that a terminal obeys: white space becomes a space, other
   * control characters, direction marks and broken surrogates become a replacement character.
   */
  public static String clean(String text) {
    if (text == null) {
      return "";
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            p -> {
              if (p == '\n' || p == '\r' || p == '\t' || p == 0x2028 || p == 0x2029) {
                clean.append(' ');
              } else if (steers(p)) {
                clean.append('\uFFFD');
              } else {
                clean.appendCodePoint(p);
              }
            });
    return clean.toString();
  }

  private static boolean steers(int p) {
    return Character.isISOControl(p)
        || (p >= 0x202A && p <= 0x202E)
        || (p >= 0x2066 && p <= 0x2069)
        || p == 0x200E
        || p == 0x200F
        || (p >= 0xD800 && p <= 0xDFFF);
  }

  /** Lines of at most that many cells; a word longer than a line is broken. */
  public static List<String> wrap(String text, int width) {
    int limit = Math.max(2, width);
    String clean = clean(text).strip();
    List<String> lines = new ArrayList<>();
    int start = 0;
    int breakAt = -1;
    int used = 0;
    int i = 0;
    while (i < clean.length()) {
      int point = clean.codePointAt(i);
      int next = i + Character.charCount(point);
      if (point != ' ' && used + width(point) > limit && i > start) {
        int end = breakAt > start ? breakAt : i;
        lines.add(clean.substring(start, end).stripTrailing());
        start = end;
        while (start < clean.length() && clean.charAt(start) == ' ') {
          start++;
        }
        i = start;
        breakAt = -1;
        used = 0;
        continue;
      }
      used += width(point);
      if (next < clean.length() && mayBreak(point, clean.codePointAt(next))) {
        breakAt = next;
      }
      i = next;
    }
    if (start < clean.length() || lines.isEmpty()) {
      lines.add(clean.substring(Math.min(start, clean.length())));
    }
    return lines;
  }

  private static boolean mayBreak(int before, int after) {
    if (after == ' ') {
      return false;
    }
    if (before == ' ') {
      return true;
    }
    return (width(before) == 2 || width(after) == 2)
        && NOT_FIRST.indexOf(after) < 0
        && NOT_LAST.indexOf(before) < 0;
  }

  /** The text filled up with spaces to that many cells. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text, cut to that many cells with an ellipsis where it is longer. */
  public static String cut(String text, int width) {
    String clean = clean(text);
    if (width(clean) <= width) {
      return clean;
    }
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int i = 0; i < clean.length(); ) {
      int point = clean.codePointAt(i);
      if (used + width(point) > width - 1) {
        break;
      }
      used += width(point);
      kept.appendCodePoint(point);
      i += Character.charCount(point);
    }
    return kept.append('…').toString();
  }
}
