package org.aitia.observation.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.aitia.run.value.Source;

/** Where comparers note a difference: its size, and what stands on both sides as its detail. */
public final class Contrast {
  /** Between what the run has and what the other one has. */
  public static final String UNLIKE = " ≠ ";

  /** Names told of a list. */
  private static final int NAMED = 4;

  private static final int LONGEST = 60;

  private final Notebook notes;

  public Contrast(Notebook notes) {
    this.notes = notes;
  }

  /** The value of a limit, in the unit that the knowledge base states for it. */
  public double limit(Limit limit) {
    return notes.limit(limit);
  }

  /** All limits, for what has no notes at hand. */
  public LimitValues limits() {
    return notes.limits();
  }

  /** Notes the size of a difference with both sides. */
  public void note(
      Measure measure, double value, Object here, Object there, Place place, Source source) {
    String left = said(here);
    String right = said(there);
    note(measure, value, left.equals(right) ? left : left + UNLIKE + right, place, source);
  }

  /** Notes a value with what belongs to it. */
  public void note(Measure measure, double value, String detail, Place place, Source source) {
    notes.note(measure, value, detail, place, source);
  }

  /** Notes how many there are, with the first names. */
  public void names(Measure measure, List<String> names, Source source) {
    list(measure, names.stream().map(Contrast::said).toList(), ", ", source);
  }

  /** Notes how many there are, with the first pairs of what stands on both sides. */
  public void pairs(Measure measure, List<String> pairs, Source source) {
    list(measure, pairs, "; ", source);
  }

  private void list(Measure measure, List<String> told, String between, Source source) {
    String more = told.size() > NAMED ? " …" : "";
    String first = told.stream().limit(NAMED).collect(Collectors.joining(between));
    notes.note(measure, told.size(), told.isEmpty() ? null : first + more, Place.RUN, source);
  }

  /** A value as people write it; long texts are cut. */
  public static String said(Object value) {
    if (value == null) {
      return "–";
    }
    if (value instanceof Number n) {
      double v = n.doubleValue();
      return v == Math.rint(v) && Math.abs(v) < 1e9
          ? String.valueOf((long) v)
          : String.format(Locale.ROOT, "%.5g", v)
              .replaceAll("(\\.(?:\\d*[1-9])?)0++(e|$)", "$1$2")
              .replaceAll("\\.(e|$)", "$1");
    }
    String text = String.valueOf(value).strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /**
   * The smallest tolerance at which two numbers are close, taken as both the absolute and the
   * relative one: {@code |a - b| <= t + t |b|}, as numpy's {@code allclose} has it. Infinite where
   * one is finite and the other not, 0 where both are NaN or both the same infinity.
   */
  public static double tolerance(double a, double b) {
    if (Double.compare(a, b) == 0 || a == b) {
      return 0;
    }
    double t = Math.abs(a - b) / (1 + Math.abs(b));
    return Double.isNaN(t) ? Double.POSITIVE_INFINITY : t;
  }

  /** Difference relative to the larger of two numbers, 0 to 2; NaN where one is not finite. */
  public static double relative(double a, double b) {
    return a == b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  }

  /** Ratio of two amounts; infinite over nothing, 1 where both are nothing. */
  public static double ratio(double here, double there) {
    return here == there ? 1 : there == 0 ? Double.POSITIVE_INFINITY : here / there;
  }
}
