package org.aitia.service.guard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aitia.limit.Budget;
import org.aitia.limit.Cancelled;
import org.aitia.limit.Exhausted;
import org.aitia.service.Problem;
import org.jboss.logging.MDC;

/** Work for one caller, under a budget, in a thread of {@link Workers}. */
public final class Job<T> implements Runnable {
  private final String request;
  private final Duration deadline;
  private final Duration grace;
  private final Callable<T> task;
  private final Runnable returned;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private Budget budget;

  /**
   * A job.
   *
   * @param grace time to come to an end after the deadline or after it is cancelled
   * @param returned called when the worker comes back after it was given up
   */
  Job(String request, Duration deadline, Duration grace, Callable<T> task, Runnable returned) {
    this.request = request;
    this.deadline = deadline;
    this.grace = grace;
    this.task = task;
    this.returned = returned;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    boolean inTime;
    MDC.put("request", request);
    try {
      inTime = result.complete(budget.run(task));
    } catch (Throwable e) {
      inTime = result.completeExceptionally(e);
    } finally {
      MDC.remove("request");
    }
    if (!inTime) {
      returned.run();
    }
  }

  private synchronized boolean begin() {
    if (result.isDone()) {
      return false;
    }
    budget = Budget.of(deadline);
    giveUpAfter(deadline.plus(grace));
    begun.countDown();
    return true;
  }

  /** Ends it: at once while it waits for its turn, else at its next step. */
  synchronized void cancel(String reason) {
    if (budget == null) {
      result.completeExceptionally(ended(reason));
      begun.countDown();
    } else {
      budget.cancel(reason);
      giveUpAfter(grace);
    }
  }

  private void giveUpAfter(Duration time) {
    result.orTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits for its turn; false when it did not come in time, and then never comes. */
  boolean begins(Duration patience) throws InterruptedException {
    if (begun.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    synchronized (this) {
      if (budget == null) {
        result.cancel(false);
      }
      return budget != null;
    }
  }

  /**
   * Waits for the result.
   *
   * @param givenUp called when the worker does not come back in time
   */
  T result(Runnable givenUp) throws Exception {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        givenUp.run();
        throw tookTooLong();
      }
      if (e.getCause() instanceof Exhausted) {
        throw tookTooLong();
      }
      if (e.getCause() instanceof Cancelled cancelled) {
        throw ended(cancelled.getMessage());
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  private Problem tookTooLong() {
    return Problem.later(
        503,
        "took-too-long",
        "the work was given up after " + deadline.toSeconds() + " s: send less, or come again",
        60);
  }

  public static Problem ended(String reason) {
    return Problem.later(503, "cancelled", "the work was ended: " + reason, 5);
  }
}
