package org.aitia.evidence.console;

import java.util.regex.Pattern;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;

/** The lines of a log by which a program warns or fails, and the one by which it ended. */
final class Remarks {
  /** Words of warnings and failures; what each means is told by the knowledge base. */
  private static final String[] WORDS = {
    "warn",
    "error",
    "exception",
    "killed",
    "memory",
    "timeout",
    "timed out",
    "time out",
    "cancelled",
    "preempt",
    "space left",
    "quota",
    "weights of",
    "missing_keys",
    "keys matched",
    "initialized",
    "overflow",
    "padding",
    "padded",
    "ran out",
    "mismatch",
    "incompatible",
    "deprecat",
    "falling back",
    "fallback",
    "nan values",
    "do not exist for",
    "no labels",
    "trainable",
    "further splits",
    "no more leaves",
    "could not find",
    "adapter keys",
    "word embeddings",
    "nccl",
    "hccl"
  };

  /** The same where the bare word may be a part of another. */
  private static final Pattern BOUNDED =
      Pattern.compile("signal \\d|fault\\b|\\becc\\b|\\bxid\\b|backgrounds?\\b");

  /** What no match of {@link #BOUNDED} lacks. */
  private static final String[] BOUNDED_IN = {"signal ", "fault", "ecc", "xid", "background"};

  /** What is a warning or an error whatever file it stands in. */
  private static final Pattern CERTAIN =
      Pattern.compile(
          "^Traceback \\(most recent call last\\)|^[\\w./:-]{0,300} ?\\b[A-Z]\\w{2,60}(?:Error|Exception|Warning)\\b(?::|$)"
              + "|^\\W?(?:WARNING|ERROR|CRITICAL)\\b");

  /** The line that names what went wrong below a traceback, or by which a program was ended. */
  private static final Pattern FATAL =
      Pattern.compile(
          "^(?:\\[rank\\d{1,4}\\]: ?|E +)?(?:[\\w.]{1,80}\\.)?[A-Z]\\w{0,60}(?:Error|Exception|Interrupt|Exhausted|Failure)\\b(?::|$)"
              + "|^(?:\\[rank\\d{1,4}\\]: ?)?Exception(?::|$)"
              + "|^[\\w./-]{1,200}: error: "
              + "|\\bKilled\\W*$|^Segmentation fault");

  /** A logger's line that tells of no fault. */
  private static final Pattern INFORMS =
      Pattern.compile("^\\W{0,2}\\d{4}-\\d\\d-\\d\\d .{0,120}\\bINFO\\b");

  /** Such lines that a program writes at most when it is about to end. */
  private static final int LAST_WORDS = 10;

  private static final String TRACEBACK = "Traceback (most recent call last)";

  /** What no match of {@link #FATAL} lacks. */
  private static final String[] FATAL_IN = {
    "Error", "Exception", "Interrupt", "Exhausted", "Failure", ": error: ", "Killed", "Segmentation"
  };

  private String first;
  private long firstLine;
  private String last;
  private long lastLine;
  private boolean traced;

  /** Lines of a logger since the last word of a failure that tell of no fault. */
  private int since;

  /** Takes note of a line of a log. */
  void line(String text, long number) {
    if (text.contains(TRACEBACK)) {
      traced = true;
      since = 0;
    } else if (first != null && INFORMS.matcher(text).find()) {
      since++;
      if (since > LAST_WORDS) {
        wentOn();
      }
    } else if (holdsOne(text, FATAL_IN) && FATAL.matcher(text).find() && (traced || !named(text))) {
      firstLine = first == null ? number : firstLine;
      first = first == null ? text : first;
      last = text;
      lastLine = number;
    }
  }

  /** Training went on: nothing before it has ended the program. */
  void wentOn() {
    first = null;
    last = null;
    traced = false;
    since = 0;
  }

  /** Tells the run what its program ended by: where it began, and what came of it. */
  void finish(String file, RunBuilder run) {
    if (first != null) {
      run.environment().ending(first, new Source(file, String.valueOf(firstLine)));
    }
    if (last != null && lastLine != firstLine) {
      run.environment().ending(last, new Source(file, String.valueOf(lastLine)));
    }
  }

  /** The name of an exception alone, without a traceback above it, may stand in any text. */
  private static boolean named(String text) {
    return !text.contains(": error: ")
        && !text.contains("Killed")
        && !text.startsWith("Seg")
        && !text.contains("memory");
  }

  /** Whether a line of a log is worth keeping. */
  static boolean holds(String line) {
    String lower = ConsoleLine.lower(line);
    return holdsOne(lower, WORDS) || holdsOne(lower, BOUNDED_IN) && BOUNDED.matcher(lower).find();
  }

  private static boolean holdsOne(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a line shows that its file is a log. */
  static boolean certain(String line) {
    return CERTAIN.matcher(line).find();
  }
}
