package org.aitia.service.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads that work on messages: those of one key in their order, the others beside each other. No
 * more than a bound are here at once, waiting or at work; the next one is asked for when one has
 * left.
 */
final class Lanes implements AutoCloseable {
  private final List<ExecutorService> lanes = new ArrayList<>();
  private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private final int most;
  private int inside;

  /**
   * Lanes.
   *
   * @param count threads
   * @param most messages at once
   */
  Lanes(int count, int most) {
    this.most = most;
    for (int i = 0; i < count; i++) {
      String name = "kafka-" + i;
      lanes.add(
          Executors.newSingleThreadExecutor(
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              }));
    }
  }

  /**
   * Takes work in.
   *
   * @param key whose work is done in order
   * @return completed when the next may come
   */
  synchronized CompletionStage<Void> take(int key, Runnable work) {
    inside++;
    lanes.get(Math.floorMod(key, lanes.size())).execute(work);
    CompletableFuture<Void> next = new CompletableFuture<>();
    if (inside < most) {
      next.complete(null);
    } else {
      waiting.add(next);
    }
    return next;
  }

  /** More work on one that is here already. */
  void again(int key, Runnable work) {
    lanes.get(Math.floorMod(key, lanes.size())).execute(work);
  }

  /** One has left. */
  void leave() {
    CompletableFuture<Void> next;
    synchronized (this) {
      inside--;
      next = inside < most ? waiting.poll() : null;
    }
    if (next != null) {
      next.complete(null);
    }
  }

  /** Ends what is at work; what it leaves undone comes again, here or elsewhere. */
  @Override
  public void close() {
    lanes.forEach(ExecutorService::shutdownNow);
  }
}
