package org.aitia.evidence.console;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;

/**
 * What lines of a training tell of its speed: {@code Time 0.41 (0.52) Data 0.08 (0.1)}, {@code
 * time: 7.4 data_time: 6.8 memory: 5034}, {@code Speed: 142 samples/sec}. A point's step is its
 * number.
 */
final class PaceLine {
  /** What is told, and how it is written; the first that is found on a line counts. */
  private enum Kind {
    DATA(
        Quantity.DATA_TIME,
        "data",
        Pattern.compile(
            "(?<![\\w-])(?:data_time|data time|dataload_time|data)(?: {0,4}[:=] {0,4}|\\s{1,4})(\\d{1,9}(?:\\.\\d{1,9})?)")),
    STEP(
        Quantity.STEP_TIME,
        "time",
        Pattern.compile(
            "(?<![\\w-])(?:step time|step_time|batch_time|iter_time|time)(?: {0,4}[:=] {0,4}|\\s{1,4})(\\d{1,9}(?:\\.\\d{1,9})?)")),
    RATE(
        Quantity.THROUGHPUT,
        "/s",
        Pattern.compile(
            "(?<![\\w.])(\\d{1,9}(?:\\.\\d{1,9})?) {0,2}(?:samples|images|imgs?|tokens|examples)/s")),
    MEMORY(
        Quantity.MEMORY,
        "mem",
        Pattern.compile(
            "(?<![\\w-])(?:max[_ ]mem|gpu_mem|memory)(?: {0,4}[:=] {0,4}|\\s{1,4})(\\d{1,9}(?:\\.\\d{1,9})?)(?= {0,2}(?:[mg]i?b?)?(?![\\w.]))"));

    private final String quantity;

    /** What no line lacks that tells it: looked for first. */
    private final String hint;

    private final Pattern pattern;

    Kind(String quantity, String hint, Pattern pattern) {
      this.quantity = quantity;
      this.hint = hint;
      this.pattern = pattern;
    }
  }

  /** Letters of a match at most that stand before its hint. */
  private static final int BEFORE = 40;

  private final String file;
  private final RunBuilder run;
  private final Map<Kind, Integer> seen = new EnumMap<>(Kind.class);

  PaceLine(String file, RunBuilder run) {
    this.file = file;
    this.run = run;
  }

  /** Takes what a line of the training tells; the time of a step only beside that of its data. */
  void line(String text) {
    String lower = ConsoleLine.lower(text);
    boolean waits = take(Kind.DATA, lower);
    if (waits || lower.contains("step time") || lower.contains("step_time")) {
      take(Kind.STEP, lower);
    }
    take(Kind.RATE, lower);
    take(Kind.MEMORY, lower);
  }

  private boolean take(Kind kind, String line) {
    int hint = line.indexOf(kind.hint);
    if (hint < 0) {
      return false;
    }
    Matcher found = kind.pattern.matcher(line);
    if (!found.find(Math.max(0, hint - BEFORE))) {
      return false;
    }
    int step = seen.merge(kind, 1, Integer::sum) - 1;
    SeriesKey key = new SeriesKey(kind.quantity, null, Axis.STEP);
    run.point(
        key, new Source(file, kind.quantity), step, Double.NaN, Double.parseDouble(found.group(1)));
    return true;
  }
}
