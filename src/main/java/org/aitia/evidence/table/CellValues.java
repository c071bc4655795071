package org.aitia.evidence.table;

import com.fasterxml.jackson.core.io.NumberInput;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the cells of tables say, as they are written by hand and by programs. */
final class CellValues {
  private static final Set<String> MISSING = Set.of("", "na", "nan", "null", "?", "n/a", "none");

  /** ISO 8601 and its relatives, days first or last. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4})"
              + "(?:[T ]\\d{1,2}:\\d{2}.{0,20})?");

  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+");

  /** No number is longer; the rest is passed over without a try. */
  private static final int LONGEST_NUMBER = 64;

  private CellValues() {}

  static boolean isMissing(String cell) {
    return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
  }

  static boolean isTime(String cell) {
    return cell.length() <= LONGEST_NUMBER && TIME.matcher(cell).matches();
  }

  static boolean hasDecimalComma(String cell) {
    return cell.length() <= LONGEST_NUMBER && DECIMAL_COMMA.matcher(cell).matches();
  }

  /**
   * The number in a cell without blanks around it; NaN when it is missing or no number. Infinities
   * are kept; yes and true are 1, no and false 0.
   */
  static double number(String cell) {
    int length = cell.length();
    if (length == 0 || length > LONGEST_NUMBER) {
      return Double.NaN;
    }
    char last = cell.charAt(length - 1);
    if (last >= '0' && last <= '9' || last == '.') {
      try {
        return NumberInput.parseDouble(cell, true);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> 1;
      case "false", "no" -> 0;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }
}
