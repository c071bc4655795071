package org.aitia.evidence.console;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.vocabulary.Vocabulary;

/** A history that was printed as a dictionary, a list of values a name, one an epoch. */
final class PrintedHistory {
  private static final Pattern LIST =
      Pattern.compile("['\"]([\\w/.@ -]{1,60})['\"]\\s{0,2}:\\s{0,2}\\[([^\\[\\]]{3,60000})\\]");

  private static final Pattern MADE = Pattern.compile("np\\.float\\d\\d\\(|\\)");

  /** Values that make a course. */
  private static final int ENOUGH = 2;

  private PrintedHistory() {}

  /** The lists of a line by their names, all of one length; empty where it is no history. */
  static Map<String, double[]> of(String line, Vocabulary vocabulary) {
    if (!line.contains("': [") && !line.contains("\": [") || line.contains("'epoch'")) {
      return Map.of();
    }
    Map<String, double[]> lists = new LinkedHashMap<>();
    Matcher list = LIST.matcher(line);
    int length = -1;
    while (list.find()) {
      boolean known =
          vocabulary
              .tag(list.group(1), null)
              .filter(t -> t.split() == null || vocabulary.isMetric(t.quantity()))
              .isPresent();
      double[] values = known ? numbers(list.group(2)) : new double[0];
      if (values.length >= ENOUGH && (length < 0 || values.length == length)) {
        length = values.length;
        lists.put(list.group(1), values);
      }
    }
    return lists;
  }

  private static double[] numbers(String list) {
    try {
      return Arrays.stream(MADE.matcher(list).replaceAll("").split(","))
          .map(String::strip)
          .mapToDouble(v -> v.equals("nan") ? Double.NaN : Double.parseDouble(v))
          .toArray();
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }
}
