package org.aitia.script.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the lines around a finding are mended; nothing where they are written otherwise. */
interface Mend {
  /**
   * Mends a script.
   *
   * @param lines of the script, which stay as they are
   * @param line of the finding, from 1
   */
  Optional<List<String>> apply(List<String> lines, int line);

  /** Writes something else on the line, once. */
  static Mend rewrite(Pattern pattern, String replacement) {
    return within(1, pattern, replacement);
  }

  /** Writes something else on the first of some lines that have it: calls go on over lines. */
  static Mend within(int count, Pattern pattern, String replacement) {
    return (lines, line) -> {
      for (int i = line - 1; i < Math.min(line - 1 + count, lines.size()); i++) {
        Matcher found = pattern.matcher(lines.get(i));
        if (found.find()) {
          List<String> mended = new ArrayList<>(lines);
          mended.set(i, found.replaceFirst(replacement));
          return Optional.of(mended);
        }
      }
      return Optional.empty();
    };
  }

  /** The same, looking upwards from the line. */
  static Mend above(int count, Pattern pattern, String replacement) {
    return (lines, line) -> {
      for (int i = line; i > Math.max(0, line - count); i--) {
        Optional<List<String>> mended = rewrite(pattern, replacement).apply(lines, i);
        if (mended.isPresent()) {
          return mended;
        }
      }
      return Optional.empty();
    };
  }

  /** Adds a line behind it, in its indent, made of what a pattern finds there. */
  static Mend append(Pattern pattern, String added) {
    return (lines, line) -> {
      Matcher found = pattern.matcher(lines.get(line - 1));
      return found.matches()
          ? Optional.of(inserted(lines, line, indent(lines, line) + found.replaceFirst(added)))
          : Optional.empty();
    };
  }

  /** This, or where it does not fit the other. */
  default Mend or(Mend other) {
    return (lines, line) -> apply(lines, line).or(() -> other.apply(lines, line));
  }

  /** The lines with one more behind some of them. */
  static List<String> inserted(List<String> lines, int after, String line) {
    List<String> mended = new ArrayList<>(lines);
    mended.add(after, line);
    return mended;
  }

  /** The blanks that a line begins with. */
  static String indent(List<String> lines, int line) {
    String text = lines.get(line - 1);
    return text.substring(0, text.length() - text.stripLeading().length());
  }
}
