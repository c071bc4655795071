package org.aitia.evidence.console;

/**
 * A number of a line, as it is written.
 *
 * @param begin where it begins
 * @param end where it and its unit end
 * @param value NaN too where it says so
 * @param whole whether it is written without a fraction
 * @param percent whether a per cent sign follows
 * @param of the whole number after a stroke, as in {@code 19/300}; NaN without one
 * @param mean the mean that stands beside it, as in {@code 0.52 (0.61)} and {@code 0.52/0.61}; NaN
 *     without one
 */
record Figure(
    int begin, int end, double value, boolean whole, boolean percent, double of, double mean) {
  private static final String[] NO_NUMBERS = {
    "nan.0", "nan(ind)", "nan", "infinity", "inf.0", "inf"
  };

  private static final String[] NONE = {};

  /** Longer ones are no measurements. */
  private static final int LONGEST = 40;

  private static final Letters OPENING = new Letters(" \t=:([{'\"：|*,<>~");

  /** The first number from a place on; null when there is none. */
  static Figure next(String line, int from) {
    for (int i = from; i < line.length(); i++) {
      if (!begins(line, i)) {
        continue;
      }
      int end = number(line, i);
      if (end < 0) {
        i = past(line, i) - 1;
        continue;
      }
      return with(line, i, end);
    }
    return null;
  }

  /** Whether another number follows that alone has a fraction: {@code Prec@1 05 88.126}. */
  boolean isLabel(String line) {
    int i = blanks(line, end);
    if (!whole || i == end || i >= line.length() || !digit(line.charAt(i))) {
      return false;
    }
    int stop = number(line, i);
    return stop > 0 && line.substring(i, stop).indexOf('.') > 0;
  }

  /** The first place after a word that holds digits: a time, a version, a name. */
  private static int past(String line, int at) {
    int i = at + 1;
    while (i < line.length()
        && (Character.isLetterOrDigit(line.charAt(i)) || ".:_-".indexOf(line.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  private static boolean begins(String line, int i) {
    char c = line.charAt(i);
    char before = i == 0 ? ' ' : line.charAt(i - 1);
    char after = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
    boolean number =
        c == '-' || c == '+'
            ? digit(after) || after == '.' || after == 'n' || after == 'i'
            : digit(c) || c == '.' && digit(after) || c == 'n' || c == 'i';
    return number && (before >= 0x2e80 || OPENING.has(before));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Where the number ends that begins at a place; -1 when none does. */
  private static int number(String line, int begin) {
    int i = begin;
    if (line.charAt(i) == '-' || line.charAt(i) == '+') {
      i++;
    }
    char first = i < line.length() ? line.charAt(i) : ' ';
    for (String word : first == 'n' || first == 'i' ? NO_NUMBERS : NONE) {
      if (line.startsWith(word, i)) {
        int end = i + word.length();
        return end < line.length()
                && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')
            ? -1
            : end;
      }
    }
    int digits = i;
    while (i < line.length() && digit(line.charAt(i))) {
      i++;
    }
    boolean any = i > digits;
    boolean few = any && i - digits <= 3 && line.charAt(digits) != '0';
    int grouped = few && begin > 0 && line.charAt(begin - 1) == '=' ? thousands(line, i) : i;
    if (grouped > i) {
      return grouped;
    }
    if (i < line.length() && line.charAt(i) == '.') {
      int fraction = i + 1;
      i++;
      while (i < line.length() && digit(line.charAt(i))) {
        i++;
      }
      any |= i > fraction;
    }
    if (!any || i - begin > LONGEST) {
      return -1;
    }
    int exponent = i + 1;
    if (i < line.length() && line.charAt(i) == 'e') {
      int e = exponent;
      if (e < line.length() && "+-".indexOf(line.charAt(e)) >= 0) {
        e++;
      }
      int power = e;
      while (e < line.length() && digit(line.charAt(e)) && e - power < 4) {
        e++;
      }
      i = e > power ? e : i;
    }
    if (i < line.length()) {
      char next = line.charAt(i);
      char then = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
      boolean ideograph = next >= 0x2e80;
      if (line.startsWith("db", i) && (i + 2 == line.length() || line.charAt(i + 2) <= ' ')) {
        return i; // decibels
      }
      if ((Character.isLetter(next) && !ideograph) || next == '_' || digit(next)) {
        return -1;
      }
      if ((next == '.' || next == ':' || next == '-') && digit(then)) {
        return -1; // a version, a time, a date
      }
    }
    return i;
  }

  /** Where groups of three digits end that follow a number: {@code 9,105}; its end without any. */
  private static int thousands(String line, int from) {
    int i = from;
    while (i + 4 <= line.length()
        && line.charAt(i) == ','
        && line.substring(i + 1, i + 4).chars().allMatch(c -> digit((char) c))
        && (i + 4 == line.length() || line.charAt(i + 4) <= ' ' || line.charAt(i + 4) == ',')) {
      i += 4;
    }
    return i;
  }

  private static Figure with(String line, int begin, int number) {
    String text = line.substring(begin, number).replace(",", "");
    double value = value(text);
    boolean whole = text.chars().allMatch(c -> digit((char) c));
    int end = number;
    double of = Double.NaN;
    double mean = Double.NaN;
    int i = blanks(line, end);
    boolean percent = i < line.length() && line.charAt(i) == '%';
    if (percent) {
      end = i + 1;
    } else if (i < line.length() && line.charAt(i) == '/') {
      int second = blanks(line, i + 1);
      int last = second < line.length() && digit(line.charAt(second)) ? number(line, second) : -1;
      if (last > 0) {
        String other = line.substring(second, last);
        boolean count = other.chars().allMatch(c -> digit((char) c));
        of = count ? Double.parseDouble(other) : Double.NaN;
        mean = count ? Double.NaN : value(other);
        end = last;
      }
    }
    int open = blanks(line, end);
    if (open < line.length() && line.charAt(open) == '(') {
      int inner = blanks(line, open + 1);
      int last =
          inner < line.length() && (digit(line.charAt(inner)) || line.charAt(inner) == '-')
              ? number(line, inner)
              : -1;
      int close = last > 0 ? blanks(line, last) : -1;
      if (close > 0 && close < line.length() && line.charAt(close) == ')') {
        mean = value(line.substring(inner, last));
        end = close + 1;
      } else if (close > 0
          && close < line.length()
          && line.charAt(close) == '/'
          && Double.isNaN(of)) {
        int second = blanks(line, close + 1);
        int stop = second < line.length() && digit(line.charAt(second)) ? number(line, second) : -1;
        if (stop > 0 && stop < line.length() && line.charAt(stop) == ')') {
          of = percent || !whole ? value(line.substring(second, stop)) : Double.NaN;
          end = stop + 1;
        }
      }
    }
    return new Figure(begin, end, value, whole, percent, of, mean);
  }

  private static int blanks(String line, int from) {
    int i = from;
    while (i < line.length() && i - from < 8 && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static double value(String text) {
    if (text.contains("nan")) {
      return Double.NaN;
    }
    if (text.contains("inf")) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }
}
