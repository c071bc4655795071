package org.aitia.rest;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets in only as much work as can be done: so many requests in the service, so many of one
 * client's, so many at work at once. What is too much is told to come again instead of making
 * everyone slow.
 */
@ApplicationScoped
class Admission {
  @Inject Settings settings;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private final Map<String, Integer> byClient = new ConcurrentHashMap<>();
  private Semaphore turns;

  @PostConstruct
  void open() {
    int workers = settings.workers();
    turns = new Semaphore(workers > 0 ? workers : Runtime.getRuntime().availableProcessors(), true);
  }

  /** A place in the service. */
  final class Ticket implements AutoCloseable {
    private final String client;

    private Ticket(String client) {
      this.client = client;
    }

    /** Does the work when it is its turn. */
    <T> T work(Callable<T> task) throws Exception {
      if (!turns.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.later(503, "busy", "the service is busy: its turn did not come in time", 5);
      }
      working.incrementAndGet();
      try {
        return task.call();
      } finally {
        working.decrementAndGet();
        turns.release();
      }
    }

    @Override
    public void close() {
      leave(client);
    }
  }

  /**
   * Takes a place.
   *
   * @throws Problem when there is none: 429 when this client has too many, 503 when all have
   */
  Ticket enter(String client) {
    if (inside.incrementAndGet() > settings.queue()) {
      inside.decrementAndGet();
      throw Problem.later(503, "busy", "the service is busy: its queue is full", 1);
    }
    int own = byClient.merge(client, 1, Integer::sum);
    Ticket ticket = new Ticket(client);
    if (own > settings.perClient()) {
      ticket.close();
      throw Problem.later(
          429,
          "too-many-requests",
          "this client has " + settings.perClient() + " requests under way already",
          1);
    }
    return ticket;
  }

  private void leave(String client) {
    byClient.computeIfPresent(client, (c, n) -> n > 1 ? n - 1 : null);
    inside.decrementAndGet();
  }

  /** Requests at work or waiting for their turn. */
  int inside() {
    return inside.get();
  }

  /** Diagnoses at work. */
  int working() {
    return working.get();
  }
}
