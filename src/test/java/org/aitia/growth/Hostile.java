package org.aitia.growth;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts on which a regular expression may go over the same characters again and again: what it is
 * made of, repeated, after a beginning that it accepts and before an end that it does not.
 */
final class Hostile {
  private static final Pattern WORD = Pattern.compile("[\\w\\u4e00-\\u9fff ]{2,40}");
  private static final Pattern SIGN = Pattern.compile("[^\\w\\\\\\[\\](){}^$|?*+.-]");
  private static final Pattern LETTER = Pattern.compile("(?<![\\\\?])[a-zA-Z0-9]");
  private static final int MAX_WORDS = 6;
  private static final int MAX_SIGNS = 10;
  private static final int MAX_CHOICES = 4;
  private static final int MAX_BEGUN = 8;

  private final List<String> parts;
  private final List<String> beginnings;

  /** Texts that the expression accepts, broken off at each of its parts. */
  private final Set<String> begun = new LinkedHashSet<>();

  Hostile(String pattern) {
    // What is in braces counts repeats, and inline flags are no text.
    String plain = pattern.replaceAll("\\{[\\d,]{1,9}}|\\(\\?[a-z:!=<>]{1,3}", "");
    Set<String> signs = new LinkedHashSet<>(List.of("a", "0", " ", "\n"));
    all(SIGN, plain, signs, MAX_SIGNS);
    all(Pattern.compile("(?<=\\\\)[\\[\\](){}.|*+?\"'$^]"), plain, signs, MAX_SIGNS);
    if (plain.contains("A-Z") || plain.contains("\\w") || plain.contains("\\S")) {
      signs.add("A");
    }
    if (plain.contains("_") || plain.contains("\\w") || plain.contains("\\S")) {
      signs.add("_");
    }
    signs.addAll(plain.contains("-") || plain.contains(".") ? List.of("-", ".") : List.of());
    all(LETTER, plain, signs, signs.size() + 3);
    Set<String> words = new LinkedHashSet<>();
    all(WORD, plain.replaceAll("\\\\[a-zA-Z]", " \\u0000"), words, MAX_WORDS);
    parts = List.copyOf(signs);
    for (int i = 0; i < MAX_CHOICES; i++) {
      List<String> all = Sample.of(pattern, i);
      int step = 1 + all.size() / MAX_BEGUN;
      for (int j = all.size() - 1; j >= 0; j -= step) {
        begun.add(all.get(j));
      }
    }
    beginnings = new ArrayList<>(List.of(""));
    beginnings.addAll(words);
    beginnings.addAll(parts);
  }

  private static void all(Pattern pattern, String text, Set<String> to, int most) {
    Matcher matcher = pattern.matcher(text);
    while (to.size() < most && matcher.find()) {
      to.add(matcher.group());
    }
  }

  /** Ways to make a text of any length. */
  List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (String part : parts) {
      for (String beginning : beginnings) {
        shapes.add(new Shape(beginning, part, "\u0001"));
        if (!beginning.isEmpty() && !beginning.equals(part)) {
          shapes.add(new Shape("", beginning + part, "\u0001"));
        }
      }
      shapes.add(new Shape("\n", part, "\n"));
    }
    for (String word : beginnings) {
      if (word.length() > 1) {
        shapes.add(new Shape("", word, "\u0001"));
      }
    }
    for (String begun : begun) {
      shapes.add(new Shape("", begun, "\u0001"));
      shapes.add(new Shape("\n", begun + "\n", ""));
      parts.forEach(p -> shapes.add(new Shape(begun, p, "\u0001")));
    }
    return shapes;
  }

  /** A text of a beginning, a part over and over, and an end. */
  record Shape(String beginning, String part, String end) {
    String of(int length) {
      return beginning + part.repeat(Math.max(1, length / part.length())) + end;
    }
  }
}
