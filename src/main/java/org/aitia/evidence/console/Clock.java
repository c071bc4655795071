package org.aitia.evidence.console;

/** Where in the training the lines of a log stand: epoch and step, counted over all of it. */
final class Clock {
  private double first = Double.NaN;
  private double label = Double.NaN;
  private double share = Double.NaN;
  private double lastStep = Double.NaN;
  private double lastRaw = Double.NaN;
  private double rawLabel = Double.NaN;
  private double offset;
  private long ordinal;
  private long rows;

  /** Trainings of a single epoch that follow one another are the epochs of one. */
  private int single;

  /** Where the last bar stood that showed no values: the steps of lines that say none. */
  private double barAt = Double.NaN;

  private boolean byBar;
  private boolean byOrdinal;
  private boolean restart;

  /** Whether epochs are counted here, not shares of the training. */
  boolean counts() {
    return Double.isNaN(share) && !Double.isNaN(label);
  }

  /** Whether no line has told any place yet. */
  boolean isUnset() {
    return Double.isNaN(share) && Double.isNaN(label);
  }

  /** Whether the present epoch goes by this number. */
  boolean isAt(double epoch) {
    return counts() && label == epoch;
  }

  /** The present epoch from 0, or the share of the training passed; NaN when none was told. */
  double epoch() {
    return counts() ? label - (first >= 1 ? 1 : 0) : share;
  }

  /** The last step that a line of the training stood at, as it was written. */
  double raw() {
    return lastRaw;
  }

  double lastStep() {
    return lastStep;
  }

  /** Follows the epochs of a line; one that begins anew, from the first, is another training. */
  void follow(ConsoleLine line) {
    boolean result = line.evaluation() && !line.values().isEmpty();
    double now = line.place().counted() ? label : share;
    if (Double.isNaN(line.place().epoch()) || result && line.place().epoch() < now) {
      return;
    }
    double epoch = line.place().epoch();
    if (!line.place().counted()) {
      restart |= epoch < share && epoch <= 1 && share > 1;
      share = epoch;
      return;
    }
    if (line.place().total() == 1 && epoch == 1) {
      epoch = line.values().isEmpty() ? ++single : Math.max(1, single);
    }
    if (Double.isNaN(first)) {
      first = epoch;
    } else if (label > epoch && (epoch == first || epoch <= 1)) {
      restart = true;
    }
    label = epoch;
    share = Double.NaN;
  }

  /** Whether another training has begun; it is then the one that is followed. */
  boolean restarts() {
    if (!restart) {
      return false;
    }
    restart = false;
    lastStep = Double.NaN;
    lastRaw = Double.NaN;
    rawLabel = Double.NaN;
    offset = 0;
    ordinal = 0;
    byOrdinal = false;
    return true;
  }

  /** Notes where a bar stands that shows no values. */
  void bar(ConsoleLine line) {
    if (line.values().isEmpty() && !Double.isNaN(line.place().within())) {
      barAt = line.place().within();
    }
  }

  /** The step of a row of a table that has none of its own. */
  double row() {
    return Double.isNaN(label) ? rows++ : lastStep;
  }

  /** The epoch that a row of a table names. */
  void row(double epoch) {
    label = Double.isNaN(epoch) ? label : epoch;
  }

  /** The step that a line stands for, counted over the whole training; NaN when none is told. */
  double step(ConsoleLine line) {
    if (byOrdinal && !isUnset()) {
      byOrdinal = false; // lines were counted before the first epoch was told
      lastStep = Double.NaN;
    }
    boolean result = line.evaluation() || !line.trains() && line.place().step() < lastRaw;
    if (result) {
      return lastStep;
    }
    boolean none = Double.isNaN(line.place().step()) && Double.isNaN(line.place().within());
    if (line.place().bar() || none) {
      return unsaid(line);
    }
    if (Double.isNaN(line.place().step()) && !Double.isNaN(line.place().length()) && counts()) {
      lastStep = (label - (first >= 1 ? 1 : 0)) * line.place().length() + line.place().within();
      return lastStep;
    }
    double raw = Double.isNaN(line.place().step()) ? line.place().within() : line.place().step();
    if (raw < lastRaw || raw == lastRaw && counts() && label != rawLabel) {
      offset = raw == 0 ? lastStep + 1 : lastStep; // counted anew in each epoch
    }
    rawLabel = label;
    lastRaw = raw;
    lastStep = raw + offset;
    return lastStep;
  }

  private double unsaid(ConsoleLine line) {
    if (!Double.isNaN(share) && line.trains()) {
      // transformers' lines say no step: the bar beside them does, else they are counted
      byBar |= ordinal == 0 && barAt > 0;
      ordinal++;
      lastStep = byBar ? Math.max(barAt, Double.isNaN(lastStep) ? 0 : lastStep) : ordinal - 1;
    } else {
      // the result of an epoch stands where its last batch stood
      byOrdinal |= isUnset() && Double.isNaN(lastStep);
      lastStep = byOrdinal && !counts() ? ordinal++ : lastStep;
    }
    return lastStep;
  }
}
