package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.List;

/**
 * A bar that goes through the whole training once: what it showed on its way is the course. Bars
 * that follow one another are epochs, of which the last state counts.
 */
final class BarCourse {
  /** Parts of a bar of which one value each is kept. */
  private static final int PARTS = 200;

  private static final int MOST = 1_000;

  private record Shown(ConsoleLine line, boolean last) {}

  private final List<Shown> shown = new ArrayList<>();
  private boolean settled;

  /** Whether it is clear that bars stand for epochs, or that there is more than one. */
  boolean isSettled() {
    return settled;
  }

  /** Whether a bar stands before what was shown last: it is another one. */
  boolean isAnother(ConsoleLine bar) {
    return !shown.isEmpty()
        && bar.place().within() < shown.get(shown.size() - 1).line().place().within();
  }

  /** A bar that another state of the same replaces. */
  void passes(ConsoleLine bar) {
    double at = shown.isEmpty() ? -1 : shown.get(shown.size() - 1).line().place().within();
    boolean on = bar.place().within() >= at + bar.place().length() / PARTS;
    if (!settled && on && !bar.values().isEmpty() && !bar.evaluation() && shown.size() < MOST) {
      shown.add(new Shown(bar, false));
    }
  }

  /** The last state of a bar; what there is to take now. */
  List<ConsoleLine> ends(ConsoleLine bar, boolean inEpoch) {
    if (!settled && (inEpoch || bar.evaluation() || shown.size() >= MOST)) {
      List<ConsoleLine> due = settle(!inEpoch);
      due.add(bar);
      return due;
    }
    if (settled) {
      return List.of(bar);
    }
    shown.add(new Shown(bar, true));
    return List.of();
  }

  /** Another line of the training; what of the bar before it is to be taken first. */
  List<ConsoleLine> before(ConsoleLine line) {
    if (settled || shown.isEmpty() || line.values().isEmpty()) {
      return List.of();
    }
    LinePlace last = shown.get(shown.size() - 1).line().place();
    boolean through = last.within() >= last.length() - 1;
    return through || line.place().counted() ? settle(false) : taken(true);
  }

  /** Settles that the bar was one of several, or the only one; what there is to take. */
  List<ConsoleLine> settle(boolean one) {
    settled = true;
    return taken(one);
  }

  private List<ConsoleLine> taken(boolean all) {
    List<ConsoleLine> due = new ArrayList<>();
    shown.stream().filter(s -> all || s.last()).map(Shown::line).forEach(due::add);
    shown.clear();
    return due;
  }
}
