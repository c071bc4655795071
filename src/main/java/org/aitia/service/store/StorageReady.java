package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jdbi.v3.core.Handle;

/**
 * Ready when what is sent can be kept: writes a file where uploads go and a row of the database,
 * both to the disk. However often it is asked, it looks once a second.
 */
@Readiness
@ApplicationScoped
class StorageReady implements HealthCheck {
  private static final long FRESH_NANOS = 1_000_000_000;

  /** Rows of instances that are gone. */
  private static final Duration OLD = Duration.ofHours(24);

  @Inject Database database;
  @Inject DataFolder folder;

  private final String instance = UUID.randomUUID().toString();
  private long looked;
  private String fault;
  private boolean known;

  @Override
  public synchronized HealthCheckResponse call() {
    if (!known || System.nanoTime() - looked > FRESH_NANOS) {
      fault = look();
      looked = System.nanoTime();
      known = true;
    }
    var response = HealthCheckResponse.named("storage");
    return fault == null
        ? response.up().build()
        : response.down().withData("reason", fault).build();
  }

  private String look() {
    try {
      folder.probe();
    } catch (IOException e) {
      return Faults.full(e) ? "the disk is full" : "the data folder: " + Faults.reason(e);
    }
    try {
      database.change(this::write);
      return null;
    } catch (SQLException | RuntimeException e) {
      return Faults.full(e) ? "the disk of the database is full" : "the database does not answer";
    }
  }

  private Void write(Handle handle) {
    Instant now = Instant.now();
    handle.execute(
        "delete from probe where instance = ? or seen < ?",
        instance,
        Database.time(now.minus(OLD)));
    handle.execute(
        "insert into probe (instance, seen) values (?, ?)", instance, Database.time(now));
    return null;
  }
}
