package org.aitia.run.curve;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * One quantity over the run: points ordered by step, a later value for the same step replacing an
 * earlier one (a resumed run logs some steps twice). Long series are thinned, so that memory stays
 * bounded; count, extremes and the first non-finite step stay exact.
 */
public final class Series {
  private final SeriesKey key;
  private final Source source;
  private final String mode;
  private final double[] steps;
  private final double[] epochs;
  private final double[] values;
  private final long count;
  private final long nonFinite;
  private final double firstNonFiniteStep;
  private final double min;
  private final double max;
  private final int repeated;

  private Series(Builder b, double[] steps, double[] epochs, double[] values) {
    this.key = b.key;
    this.source = b.source;
    this.mode = b.mode;
    this.steps = steps;
    this.epochs = epochs;
    this.values = values;
    this.count = b.count;
    this.nonFinite = b.nonFinite;
    this.firstNonFiniteStep = b.firstNonFiniteStep;
    this.min = b.min;
    this.max = b.max;
    this.repeated = b.size - steps.length;
  }

  private Series(Series s, SeriesKey key) {
    this.key = key;
    this.source = s.source;
    this.mode = s.mode;
    this.steps = s.steps;
    this.epochs = s.epochs;
    this.values = s.values;
    this.count = s.count;
    this.nonFinite = s.nonFinite;
    this.firstNonFiniteStep = s.firstNonFiniteStep;
    this.min = s.min;
    this.max = s.max;
    this.repeated = s.repeated;
  }

  /** The same as measured on another part of the data. */
  public Series on(Split split) {
    return new Series(this, new SeriesKey(key.quantity(), split, key.axis()));
  }

  public SeriesKey key() {
    return key;
  }

  public Source source() {
    return source;
  }

  /** The mode the model was in: {@code train}, {@code eval}, or null when it was not recorded. */
  public String mode() {
    return mode;
  }

  /** How many points are kept. */
  public int size() {
    return values.length;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }

  /** How many points were read, kept or not. */
  public long count() {
    return count;
  }

  /** How many of the points read were NaN or infinite. */
  public long nonFinite() {
    return nonFinite;
  }

  /** Step of the first non-finite value; NaN when all are finite. */
  public double firstNonFiniteStep() {
    return firstNonFiniteStep;
  }

  /** Smallest finite value read; NaN when there is none. */
  public double min() {
    return min;
  }

  /** Largest finite value read; NaN when there is none. */
  public double max() {
    return max;
  }

  /** How many steps were logged more than once. */
  public int repeated() {
    return repeated;
  }

  public double step(int i) {
    return steps[i];
  }

  /** Epoch of the point; NaN when it was not recorded. */
  public double epoch(int i) {
    return epochs[i];
  }

  public double value(int i) {
    return values[i];
  }

  public double first() {
    return values[0];
  }

  public double last() {
    return values[values.length - 1];
  }

  public double lastStep() {
    return steps[steps.length - 1];
  }

  /** All kept values, finite or not, in order. A copy. */
  public double[] values() {
    return values.clone();
  }

  /** All kept steps. A copy. */
  public double[] steps() {
    return steps.clone();
  }

  /** The finite values in order. */
  public double[] finite() {
    return Arrays.stream(values).filter(Double::isFinite).toArray();
  }

  /**
   * Another quantity at the same points, computed from the values that are kept.
   *
   * @param value the other quantity by a finite value of this one; what is not finite stays so
   */
  public Series derive(String quantity, DoubleUnaryOperator value) {
    Builder derived = new Builder(new SeriesKey(quantity, key.split(), key.axis()), source);
    derived.mode(mode);
    for (int i = 0; i < values.length; i++) {
      double v = values[i];
      derived.add(steps[i], epochs[i], Double.isFinite(v) ? value.applyAsDouble(v) : v);
    }
    return derived.build();
  }

  /** Collects points as they stream by. Not thread-safe. */
  public static final class Builder {
    /** The first points are kept whole: what happens at the start tells the most. */
    static final int HEAD = 64;

    /** Points kept of a series at most. */
    public static final int CAPACITY = 16_384;

    private final SeriesKey key;
    private final Source source;
    private String mode;
    private double[] steps = new double[16];
    private double[] epochs = new double[16];
    private double[] values = new double[16];
    private int size;
    private int stride = 1;
    private long count;
    private long nonFinite;
    private double firstNonFiniteStep = Double.NaN;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private double[] latest;

    public Builder(SeriesKey key, Source source) {
      this.key = key;
      this.source = source;
    }

    public SeriesKey key() {
      return key;
    }

    public long count() {
      return count;
    }

    public void mode(String mode) {
      this.mode = mode;
    }

    /** Adds a point. A point without a step is given its position in the file. */
    public void add(double step, double epoch, double value) {
      add(step, epoch, value, CAPACITY);
    }

    /**
     * Adds a point.
     *
     * @param capacity points to keep at most from now on, at least twice {@link #HEAD}
     */
    public void add(double step, double epoch, double value, int capacity) {
      double x = Double.isNaN(step) ? count : step;
      if (Double.isFinite(value)) {
        min = Double.isNaN(min) ? value : Math.min(min, value);
        max = Double.isNaN(max) ? value : Math.max(max, value);
      } else {
        nonFinite++;
        if (Double.isNaN(firstNonFiniteStep) || x < firstNonFiniteStep) {
          firstNonFiniteStep = x;
        }
      }
      if (count++ < HEAD || count % stride == 0) {
        while (size >= capacity) {
          halve();
        }
        if (size == values.length) {
          int grown = Math.min(CAPACITY, size * 2);
          steps = Arrays.copyOf(steps, grown);
          epochs = Arrays.copyOf(epochs, grown);
          values = Arrays.copyOf(values, grown);
        }
        steps[size] = x;
        epochs[size] = epoch;
        values[size++] = value;
        latest = null;
      } else {
        latest = new double[] {x, epoch, value};
      }
    }

    private void halve() {
      int kept = HEAD;
      for (int i = HEAD; i < size; i += 2) {
        steps[kept] = steps[i];
        epochs[kept] = epochs[i];
        values[kept++] = values[i];
      }
      size = kept;
      stride *= 2;
    }

    public Series build() {
      if (latest != null) {
        steps = Arrays.copyOf(steps, size + 1);
        epochs = Arrays.copyOf(epochs, size + 1);
        values = Arrays.copyOf(values, size + 1);
        steps[size] = latest[0];
        epochs[size] = latest[1];
        values[size++] = latest[2];
        latest = null;
      }
      Integer[] order = IntStream.range(0, size).boxed().toArray(Integer[]::new);
      Arrays.sort(order, (a, b) -> Double.compare(steps[a], steps[b]));
      double[] s = new double[size];
      double[] e = new double[size];
      double[] v = new double[size];
      int n = 0;
      for (int i : order) {
        if (n > 0 && s[n - 1] == steps[i]) {
          n--;
        }
        s[n] = steps[i];
        e[n] = epochs[i];
        v[n++] = values[i];
      }
      return new Series(this, Arrays.copyOf(s, n), Arrays.copyOf(e, n), Arrays.copyOf(v, n));
    }
  }
}
