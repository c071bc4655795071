package org.aitia.cli.input;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;

/** Works on many things at once and hands the results out in order, holding only a few of them. */
public final class InOrder {
  /** Reading one run and reasoning about another overlap; more only takes memory. */
  private static final int WORKERS = 2;

  /** Results waiting for an earlier one at most. */
  private static final int WAITING = 4;

  private InOrder() {}

  /**
   * Works.
   *
   * @param taker takes each result in order, in the caller's thread; false stops the work
   */
  public static <T, R> void forEach(List<T> things, Function<T, R> work, Predicate<R> taker)
      throws InterruptedException {
    if (things.size() == 1) {
      boolean unused = taker.test(work.apply(things.get(0)));
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            WORKERS,
            r -> {
              Thread thread = new Thread(r, "diagnosis");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deque<Future<R>> waiting = new ArrayDeque<>();
      Iterator<T> next = things.iterator();
      while (next.hasNext() || !waiting.isEmpty()) {
        while (next.hasNext() && waiting.size() < WAITING) {
          T thing = next.next();
          waiting.add(workers.submit(() -> work.apply(thing)));
        }
        if (!taker.test(waiting.remove().get())) {
          return;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
