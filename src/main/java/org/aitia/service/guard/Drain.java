package org.aitia.service.guard;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;

/**
 * The end of the service: it says that it is not ready, refuses new work, lets what has begun end,
 * and ends what does not in time.
 */
@ApplicationScoped
class Drain {
  private static final Logger LOG = Logger.getLogger("aitia.service");
  private static final long LOOK_EVERY_MILLIS = 20;

  @Inject Settings settings;
  @Inject Instance<UnderWay> work;

  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean ending;
  private volatile boolean closed;

  /** Takes a request in; false when the service ends. */
  boolean enter() {
    underWay.incrementAndGet();
    if (closed) {
      underWay.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    underWay.decrementAndGet();
  }

  /** Whether the end has begun. */
  boolean ending() {
    return ending;
  }

  /** The framework waits here, with the port still open. */
  void end(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
    ending = true;
    Thread.sleep(settings.shutdownDelay().toMillis());
    closed = true;
    LOG.infof("the service ends: %d requests are under way", underWay.get());
    if (!empty(settings.shutdownTimeout())) {
      LOG.warnf("%d requests did not end in time and are ended", underWay.get());
      work.forEach(w -> w.cancelAll("the service ends"));
      empty(Workers.GRACE.plusSeconds(1));
    }
  }

  private boolean empty(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (underWay.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    return underWay.get() <= 0;
  }
}
