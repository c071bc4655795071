package org.aitia.limit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the work of one thread may spend. It belongs to the thread while {@link #run} runs, so that
 * a loop deep down can ask without being handed it: {@link #step} in every loop whose rounds grow
 * with the input. Work without a budget is not limited.
 *
 * <p>Limits are wall-clock time, for whoever waits, and processor time, which a busy machine does
 * not shorten.
 */
public final class Budget {
  private static final ThreadLocal<Budget> OF_THREAD = new ThreadLocal<>();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Steps between two looks at the clock; a power of two. */
  private static final int LOOK_EVERY = 64;

  private final Budget outer;
  private final long begun = System.nanoTime();
  private final long wall;
  private final long processor;
  private final AtomicReference<String> cancelled;
  private long processorBegun;
  private int steps;

  private Budget(Budget outer, Duration wall, Duration processor) {
    this.outer = outer;
    this.wall = wall == null ? Long.MAX_VALUE : wall.toNanos();
    this.processor = processor == null ? Long.MAX_VALUE : processor.toNanos();
    this.cancelled = outer == null ? new AtomicReference<>() : outer.cancelled;
  }

  /**
   * The budget of a whole diagnosis.
   *
   * @param wall from now on; null for no limit
   */
  public static Budget of(Duration wall) {
    return new Budget(null, wall, null);
  }

  /** Does the work under this budget; it may begin in another thread than the one that made it. */
  public <T> T run(Callable<T> work) throws Exception {
    Budget before = OF_THREAD.get();
    OF_THREAD.set(this);
    processorBegun = THREADS.getCurrentThreadCpuTime();
    try {
      look();
      return work.call();
    } finally {
      if (before == null) {
        OF_THREAD.remove();
      } else {
        OF_THREAD.set(before);
      }
    }
  }

  /** Ends the work at its next step; called by another thread. */
  public void cancel(String reason) {
    cancelled.compareAndSet(null, reason);
  }

  /**
   * A budget for a part of this thread's work: it may take half of the wall-clock time that is
   * left, so that a slow part never takes the time of all that come after it.
   *
   * @param processor processor time that it may take
   */
  static Budget part(Duration processor) {
    Budget outer = OF_THREAD.get();
    if (outer == null) {
      return new Budget(null, null, processor);
    }
    Duration left = outer.wall == Long.MAX_VALUE ? null : Duration.ofNanos(outer.left() / 2);
    return new Budget(outer, left, processor);
  }

  private long left() {
    return Math.max(0, wall - (System.nanoTime() - begun));
  }

  /**
   * One step of work: a line, a row, a statement, a node.
   *
   * @throws Exhausted when the part has spent what it may spend
   * @throws Cancelled when nobody waits for the result any more
   */
  public static void step() {
    Budget budget = OF_THREAD.get();
    if (budget != null && (++budget.steps & (LOOK_EVERY - 1)) == 0) {
      budget.look();
    }
  }

  /** As {@link #step}, before something that takes long by itself. */
  public static void check() {
    Budget budget = OF_THREAD.get();
    if (budget != null) {
      budget.look();
    }
  }

  /**
   * Asks only whether somebody still waits: for short work that has to be done even when the time
   * is up, so that what was found by then is told.
   *
   * @throws Cancelled when nobody waits for the result any more
   */
  public static void last() {
    Budget budget = OF_THREAD.get();
    if (budget != null) {
      budget.wanted();
    }
  }

  private void wanted() {
    String reason = cancelled.get();
    if (reason != null) {
      throw new Cancelled(reason);
    }
  }

  private void look() {
    wanted();
    for (Budget b = this; b != null; b = b.outer) {
      b.spent();
    }
  }

  private void spent() {
    long elapsed = System.nanoTime() - begun;
    if (elapsed >= wall) {
      throw new Exhausted("took longer than " + seconds(wall));
    }
    // No thread gets more processor time than time: the dearer clock is seldom asked.
    if (elapsed >= processor && THREADS.getCurrentThreadCpuTime() - processorBegun >= processor) {
      throw new Exhausted("took more than " + seconds(processor) + " of processor time");
    }
  }

  private static String seconds(long nanos) {
    long millis = nanos / 1_000_000;
    return millis < 10_000 ? millis / 1_000.0 + " s" : millis / 1_000 + " s";
  }
}
