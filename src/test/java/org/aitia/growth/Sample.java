package org.aitia.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that a regular expression accepts, by one choice wherever it leaves one, with the places
 * between its parts. Lookarounds and anchors are passed over: what they forbid is seldom written.
 */
final class Sample {
  private final String pattern;
  private final int choice;
  private final StringBuilder text = new StringBuilder();
  private final List<Integer> places = new ArrayList<>();
  private int at;

  private Sample(String pattern, int choice) {
    this.pattern = pattern;
    this.choice = choice;
  }

  /** The beginnings of a text, up to each of its parts. */
  static List<String> of(String pattern, int choice) {
    Sample sample = new Sample(pattern, choice);
    sample.alternatives(true);
    String whole = sample.text.toString();
    return sample.places.stream()
        .filter(p -> p > 0)
        .distinct()
        .map(p -> whole.substring(0, p))
        .toList();
  }

  /** One of several ways, to the end of a group. */
  private void alternatives(boolean written) {
    int ways = ways();
    int way = choice % ways;
    for (int i = 0; i < ways; i++) {
      while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
        part(written && i == way);
      }
      at += at < pattern.length() && pattern.charAt(at) == '|' ? 1 : 0;
    }
  }

  private int ways() {
    int ways = 1;
    int depth = 0;
    boolean inClass = false;
    for (int i = at; i < pattern.length() && depth >= 0; i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '|' && depth == 0) {
        ways++;
      }
    }
    return ways;
  }

  private void part(boolean written) {
    int before = text.length();
    char c = pattern.charAt(at++);
    switch (c) {
      case '(' -> group(written);
      case '[' -> write(ofClass(), written);
      case '\\' -> write(escaped(), written);
      case '.' -> write("a", written);
      case '^', '$' -> {}
      default -> write(String.valueOf(c), written);
    }
    quantifier(before, written);
    if (written) {
      places.add(text.length());
    }
  }

  private void write(String some, boolean written) {
    text.append(written ? some : "");
  }

  private void group(boolean written) {
    boolean accepted = written;
    if (pattern.startsWith("?", at)) {
      boolean look = "=!<".indexOf(pattern.charAt(at + 1)) >= 0;
      accepted &= !look;
      at++;
      while (at < pattern.length() && "=!<:)".indexOf(pattern.charAt(at)) < 0) {
        at++;
      }
      if (at < pattern.length() && pattern.charAt(at) != ')') {
        at += pattern.startsWith("<=", at) || pattern.startsWith("<!", at) ? 2 : 1;
      }
    }
    alternatives(accepted);
    at++;
  }

  private String ofClass() {
    boolean negated = pattern.startsWith("^", at);
    at += negated ? 1 : 0;
    String first = null;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || first == null)) {
      char c = pattern.charAt(at++);
      String one = c == '\\' ? escaped() : String.valueOf(c);
      first = first == null ? one : first;
    }
    at++;
    return negated ? "a".equals(first) ? "b" : "a" : first;
  }

  private String escaped() {
    char c = pattern.charAt(at++);
    if (c == 'p' || c == 'u' || c == 'x') {
      int end = c == 'p' ? pattern.indexOf('}', at) + 1 : at + (c == 'u' ? 4 : 2);
      String code = pattern.substring(at, end);
      at = end;
      return c == 'p' ? "一" : String.valueOf((char) Integer.parseInt(code, 16));
    }
    return switch (c) {
      case 'd' -> "0";
      case 'w', 'S', 'D' -> "a";
      case 's' -> " ";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'W' -> "!";
      case 'b', 'A', 'z', 'Z', 'B', 'Q', 'E', 'r' -> "";
      default -> String.valueOf(c);
    };
  }

  /** Least repeats, but one where none are needed. */
  private void quantifier(int before, boolean written) {
    if (at >= pattern.length()) {
      return;
    }
    String part = text.substring(before);
    char c = pattern.charAt(at);
    if (c == '{') {
      int end = pattern.indexOf('}', at);
      int least = Integer.parseInt(pattern.substring(at + 1, end).split(",")[0]);
      at = end + 1;
      text.append(written ? part.repeat(Math.max(0, least - 1)) : "");
    } else if (c == '*' || c == '+' || c == '?') {
      at++;
    } else {
      return;
    }
    at += at < pattern.length() && (pattern.charAt(at) == '+' || pattern.charAt(at) == '?') ? 1 : 0;
  }
}
