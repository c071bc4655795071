package org.aitia.evidence.console;

import java.util.regex.Pattern;

/** Tells the lines of a log by which a program warns or fails from all others. */
final class Remarks {
  /** Words of warnings and failures; what each means is told by the knowledge base. */
  private static final Pattern WORDS =
      Pattern.compile(
          "warn|error|exception|killed|signal \\d|memory|fault\\b|[nh]ccl|time(?:d )?out|cancelled|\\becc\\b|\\bxid\\b|preempt|space left"
              + "|quota|weights of|missing_keys|keys matched|initialized|overflow|padding|padded|ran out|mismatch|incompatible"
              + "|deprecat|falling back|fallback|nan values|do not exist for",
          Pattern.CASE_INSENSITIVE);

  /** What is a warning or an error whatever file it stands in. */
  private static final Pattern CERTAIN =
      Pattern.compile(
          "^Traceback \\(most recent call last\\)|^[\\w./:-]{0,300} ?\\b[A-Z]\\w{2,60}(?:Error|Exception|Warning)\\b(?::|$)"
              + "|^\\W?(?:WARNING|ERROR|CRITICAL)\\b");

  private Remarks() {}

  /** Whether a line of a log is worth keeping. */
  static boolean holds(String line) {
    return WORDS.matcher(line).find();
  }

  /** Whether a line shows that its file is a log. */
  static boolean certain(String line) {
    return CERTAIN.matcher(line).find();
  }
}
