package org.aitia.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known words nearest to one that is not known. */
public final class Nearest {
  private static final int SHOWN = 3;

  private Nearest() {}

  public static List<String> to(String word, Collection<String> known) {
    String plain = word.toLowerCase(Locale.ROOT);
    int most = Math.max(2, plain.length() / 2);
    return known.stream()
        .filter(k -> distance(plain, k.toLowerCase(Locale.ROOT)) <= most || shares(plain, k))
        .sorted(
            Comparator.comparingInt((String k) -> shares(plain, k) ? 0 : 1)
                .thenComparingInt(k -> distance(plain, k.toLowerCase(Locale.ROOT))))
        .limit(SHOWN)
        .toList();
  }

  /** "; did you mean ...?", or nothing. */
  public static String suggestion(String word, Collection<String> known) {
    List<String> near = to(word, known);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  private static boolean shares(String word, String known) {
    return word.length() > 2 && known.toLowerCase(Locale.ROOT).contains(word);
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
