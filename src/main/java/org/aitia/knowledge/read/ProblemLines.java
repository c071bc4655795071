package org.aitia.knowledge.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line that a problem is about. A problem reads {@code file: key: key: what is wrong with
 * 'this'}; its line is that of {@code 'this'} below the keys, else that of the last key found.
 */
final class ProblemLines {
  private static final Pattern PROBLEM = Pattern.compile("(.+?\\.(?:md|yaml))(:\\d+)?: (.*)");
  private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'([^']+)'");

  private ProblemLines() {}

  /**
   * The problem with its file's path and line.
   *
   * @param folder what a file's name that is no whole path is relative to
   */
  static String located(Path folder, String problem) {
    Matcher parts = PROBLEM.matcher(problem);
    if (!parts.matches()) {
      return problem;
    }
    Path file = folder.resolve(parts.group(1));
    String rest = parts.group(3);
    String line = parts.group(2) != null ? parts.group(2) : ":" + line(file, rest);
    return file + line + ": " + rest;
  }

  private static int line(Path file, String rest) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return 1;
    }
    int at = 0;
    int indent = -1;
    for (String key : keys(rest)) {
      int found = find(lines, at, indent, "^\\s*(- )?['\"]?" + Pattern.quote(key) + "['\"]?\\s*:");
      if (found >= 0) {
        at = found;
        indent = indent(lines.get(found));
      }
    }
    Matcher quoted = QUOTED.matcher(rest);
    if (quoted.find()) {
      String word = "(?<![\\w-])" + Pattern.quote(quoted.group(1)) + "(?![\\w-])";
      int found = find(lines, at, indent, word);
      return 1 + (found >= 0 ? found : at);
    }
    return 1 + at;
  }

  private static List<String> keys(String rest) {
    List<String> keys = new ArrayList<>(List.of(rest.split(": ")));
    keys.remove(keys.size() - 1);
    return keys;
  }

  /** The first line that matches, from a key's own to the end of what stands below it. */
  private static int find(List<String> lines, int from, int indent, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    for (int i = from; i < lines.size(); i++) {
      String line = lines.get(i);
      if (i > from && !line.isBlank() && indent(line) <= indent) {
        return -1;
      }
      if (wanted.matcher(line).find()) {
        return i;
      }
    }
    return -1;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
