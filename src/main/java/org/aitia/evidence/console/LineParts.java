package org.aitia.evidence.console;

/** The segments of a line of a log, and what stands between a name and its number. */
final class LineParts {
  private static final Letters DELIMITERS = new Letters(",;|\t{}[]()<>\"'=：，；、【】（）");

  private static final String[] MAKERS = {
    "tensor", "array", "np.float32", "np.float64", "float", "numpy"
  };

  /** Words between a name and its number. */
  private static final String[] TIES = {" is", " was", "为", "是", "达到"};

  private static final Letters TIE_ENDS = new Letters("s为是到");

  /** Longest segment, in characters. */
  private static final int SEGMENT = 160;

  private final String lower;

  /** The parts of a line in lower case. */
  LineParts(String lower) {
    this.lower = lower;
  }

  static boolean isAssigning(char c) {
    return c == ':' || c == '=' || c == '：';
  }

  static boolean isBetween(char c) {
    return c == ':' || c == ' ' || DELIMITERS.has(c);
  }

  /** Where what opens before a number begins: brackets, quotes, {@code tensor(}. */
  int opened(int from, int number) {
    int end = number;
    while (end > from && " \t([{'\"".indexOf(lower.charAt(end - 1)) >= 0) {
      end--;
      if (lower.charAt(end) == '(') {
        for (String maker : MAKERS) {
          if (end - maker.length() >= from && lower.startsWith(maker, end - maker.length())) {
            end -= maker.length();
          }
        }
      }
    }
    return end;
  }

  int closed(int from, int at) {
    int end = at;
    while (end > from && " \t'\"*`".indexOf(lower.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** The end of the name before "is" and its like; the place itself where there is none. */
  int tied(int from, int end) {
    if (end <= from || !TIE_ENDS.has(lower.charAt(end - 1))) {
      return end;
    }
    for (String tie : TIES) {
      int begin = end - tie.length();
      if (begin > from && lower.startsWith(tie, begin)) {
        return closed(from, begin);
      }
    }
    return end;
  }

  /** Where the segment begins that ends at a place. */
  int segment(int from, int end) {
    int least = Math.max(from, end - SEGMENT);
    for (int i = end - 1; i >= least; i--) {
      if (parts(i, from)) {
        return i + 1;
      }
    }
    return least;
  }

  /** Whether a character parts segments from one another. */
  private boolean parts(int i, int from) {
    char c = lower.charAt(i);
    if (DELIMITERS.has(c)) {
      return true;
    }
    if (c != ':' && c != '-' && c != '>' && c != '.') {
      return false;
    }
    char after = i + 1 < lower.length() ? lower.charAt(i + 1) : ' ';
    char before = i > from ? lower.charAt(i - 1) : ' ';
    return c == ':'
        || (c == '-' || c == '>')
            && (after <= ' ' || after == '-' || after == '>')
            && (before <= ' ' || before == '-' || before == '=')
        || c == '.' && after <= ' ' && i - from > 3 && before != 'l';
  }
}
