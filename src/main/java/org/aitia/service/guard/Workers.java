package org.aitia.service.guard;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;

/**
 * The threads that diagnose, as few as can work at once. A job past its deadline that does not come
 * back is given up and another thread takes its place, up to as many as there are workers: past
 * that, only a restart helps, and the service is not ready.
 */
@ApplicationScoped
public class Workers implements UnderWay {
  /** Time for a job to come to its end after its deadline, or after nobody waits for it. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger("aitia.service");
  private static final long MEGABYTE = 1 << 20;

  @Inject Settings settings;

  private final AtomicInteger working = new AtomicInteger();
  private final Set<Job<?>> jobs = ConcurrentHashMap.newKeySet();
  private final Duration grace;
  private int size;
  private int stuck;
  private ThreadPoolExecutor pool;

  /** Why no work is taken any more; null while it is. */
  private volatile String ended;

  Workers() {
    this(null, GRACE);
  }

  Workers(Settings settings, Duration grace) {
    this.settings = settings;
    this.grace = grace;
  }

  @PostConstruct
  void open() {
    int wished = settings.workers();
    size = wished > 0 ? wished : Runtime.getRuntime().availableProcessors();
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "work-" + number.incrementAndGet());
              // one that never comes back must not keep the process from its end
              thread.setDaemon(true);
              return thread;
            });
  }

  @PreDestroy
  void close() {
    pool.shutdown();
  }

  /**
   * Does the work when it is its turn.
   *
   * @throws Problem 503 when the turn does not come in time, the work takes too long, or nobody
   *     waits for it any more
   */
  <T> T run(Caller caller, Callable<T> task) throws Exception {
    Job<T> job =
        new Job<>(caller.request(), deadline(caller.bytes()), grace, counted(task), this::returned);
    jobs.add(job);
    try {
      caller.whenGone(job::cancel);
      // The end may have come while this job was not yet among those that it cancels.
      String reason = ended;
      if (reason != null) {
        job.cancel(reason);
      }
      pool.execute(job);
      if (!job.begins(settings.patience())) {
        pool.remove(job);
        throw Problem.later(503, "busy", "the service is busy: its turn did not come in time", 5);
      }
      return job.result(this::givenUp);
    } finally {
      caller.whenGone(null);
      jobs.remove(job);
    }
  }

  private <T> Callable<T> counted(Callable<T> task) {
    return () -> {
      // Its turn may come because the end has just ended the work before it.
      String reason = ended;
      if (reason != null) {
        throw Job.ended(reason);
      }
      working.incrementAndGet();
      try {
        return task.call();
      } finally {
        working.decrementAndGet();
      }
    };
  }

  /** How long a request with so large a body may work. */
  private Duration deadline(long bytes) {
    return settings.deadline().plusSeconds(bytes / MEGABYTE);
  }

  private synchronized void givenUp() {
    stuck++;
    LOG.errorf("a worker did not come back in time and is given up; %d by now", stuck);
    resize();
  }

  private synchronized void returned() {
    stuck--;
    LOG.infof("a worker that was given up has come back; %d are still away", stuck);
    resize();
  }

  private void resize() {
    int wished = size + Math.max(0, Math.min(stuck, size));
    if (wished > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(wished);
      pool.setCorePoolSize(wished);
    } else {
      pool.setCorePoolSize(wished);
      pool.setMaximumPoolSize(wished);
    }
  }

  /** Ends all that is at work or waits for its turn, now and from now on. */
  @Override
  public void cancelAll(String reason) {
    ended = reason;
    jobs.forEach(j -> j.cancel(reason));
  }

  /** Jobs at work. */
  public int working() {
    return working.get();
  }

  /** Threads that were given up and have not come back. */
  public synchronized int stuck() {
    return Math.max(0, stuck);
  }

  /** Whether threads that were given up are still replaced. */
  synchronized boolean able() {
    return stuck <= size;
  }
}
