package org.aitia.evidence.metrics;

import org.aitia.evidence.vocabulary.Tag;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;

/** A series, and what was seen of it before its kind was decided. */
final class Track {
  final String name;
  final int number;
  final Tag tag;
  boolean decided;
  SeriesKey key;
  Source source;
  double scale = 1;
  boolean stepIsEpoch;
  long seen;
  long epochsSeen;
  long stepsSeen;
  long delivered;
  private long sameEpoch;
  boolean contiguous = true;
  double max = Double.NEGATIVE_INFINITY;
  private double lastStep = Double.NaN;
  private double lastEpoch = Double.NaN;

  Track(String name, int number, Tag tag) {
    this.name = name;
    this.number = number;
    this.tag = tag;
  }

  void see(double step, double epoch, double value) {
    seen++;
    if (!Double.isNaN(step)) {
      stepsSeen++;
    }
    if (!Double.isNaN(epoch)) {
      epochsSeen++;
      if (Math.floor(epoch) == Math.floor(lastEpoch) && step != lastStep) {
        sameEpoch++;
      }
    }
    if (seen > 1 && step != lastStep + 1) {
      contiguous = false;
    }
    if (Double.isFinite(value)) {
      max = Math.max(max, value);
    }
    lastStep = step;
    lastEpoch = epoch;
  }

  /** Whether epochs hold several points. */
  boolean many() {
    // a run that was started again in the midst of an epoch repeats that one, which says little
    return sameEpoch > 0 && sameEpoch * (stepsSeen > 0 ? 4 : 2) >= seen;
  }

  /** Whether nothing tells which of the points a point is, and they count in their order. */
  boolean isCounted() {
    return stepsSeen == 0 && (key.axis() == Axis.STEP || epochsSeen == 0 && seen > 1);
  }
}
