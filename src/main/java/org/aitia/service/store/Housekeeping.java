package org.aitia.service.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;

/** Deletes what has been kept long enough. */
@ApplicationScoped
class Housekeeping {
  private static final Logger LOG = Logger.getLogger("aitia.storage");
  private static final long EVERY_MINUTES = 10;

  @Inject Settings settings;
  @Inject Store store;
  @Inject SessionStore sessions;
  @Inject Expiry expiry;

  private ScheduledExecutorService clock;

  void start(@Observes StartupEvent event) {
    if (settings.keep().days() > 0 || settings.keep().evidenceDays() > 0 || expiry.ever()) {
      clock = Executors.newSingleThreadScheduledExecutor();
      clock.scheduleWithFixedDelay(this::sweep, 0, EVERY_MINUTES, TimeUnit.MINUTES);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  private void sweep() {
    sweep("diagnosis", settings.keep().days());
    sweep("evidence", settings.keep().evidenceDays());
    if (expiry.ever()) {
      sweep("session", () -> sessions.expire(expiry.since()));
    }
  }

  private void sweep(String table, int days) {
    if (days > 0) {
      sweep(table, () -> store.expire(table, Instant.now().minus(Duration.ofDays(days))));
    }
  }

  private interface Sweep {
    int gone() throws SQLException;
  }

  private static void sweep(String table, Sweep sweep) {
    try {
      int all = 0;
      for (int gone = sweep.gone(); gone > 0; gone = sweep.gone()) {
        all += gone;
      }
      LOG.infof("%d of %s were kept long enough and are deleted", all, table);
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("deleting old entries of %s failed: %s", table, e.getClass().getSimpleName());
    }
  }
}
