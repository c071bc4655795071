package org.aitia.accuracy;

import java.util.Locale;

/** Counts over the sessions of one order of asking. Not thread-safe. */
final class Tally {
  static final String HEAD =
      String.format(
          Locale.ROOT,
          "%-7s %5s %6s %6s %7s %6s %6s %7s %9s %8s %6s",
          "order",
          "runs",
          "top1@0",
          "top1@5",
          "top1@10",
          "top3@0",
          "top3@5",
          "top3@10",
          "questions",
          "answered",
          "ms");

  private final int questions;
  private final int[] top1;
  private final int[] top3;
  private int sessions;
  private int asked;
  private int known;
  private long nanos;
  private int needed;
  private boolean led;

  /** For sessions of this many questions. */
  Tally(int questions) {
    this.questions = questions;
    this.top1 = new int[questions + 1];
    this.top3 = new int[questions + 1];
  }

  /** A new session, and the rank of the right cause before any question. */
  void begin(int rank) {
    sessions++;
    led = false;
    // A right cause that never leads counts as one question more than were asked.
    needed += questions + 1;
    stands(0, rank);
  }

  /** The rank of the right cause after so many questions. */
  void stands(int after, int rank) {
    top1[after] += rank == 1 ? 1 : 0;
    top3[after] += rank <= 3 ? 1 : 0;
    if (rank == 1 && !led) {
      led = true;
      needed -= questions + 1 - after;
    }
  }

  /** An answer, the time it took to conclude from it, and whether the user knew it. */
  void answered(long took, boolean knew) {
    asked++;
    nanos += took;
    known += knew ? 1 : 0;
  }

  String line(String order) {
    return String.format(
        Locale.ROOT,
        "%-7s %5d %6.3f %6.3f %7.3f %6.3f %6.3f %7.3f %9.2f %8.2f %6.2f",
        order,
        sessions,
        share(top1[0]),
        share(top1[questions / 2]),
        share(top1[questions]),
        share(top3[0]),
        share(top3[questions / 2]),
        share(top3[questions]),
        share(needed),
        (double) known / Math.max(1, asked),
        nanos / 1e6 / Math.max(1, asked));
  }

  private double share(int count) {
    return (double) count / Math.max(1, sessions);
  }
}
