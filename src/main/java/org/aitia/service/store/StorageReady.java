package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when what is sent can be kept: writes a file where uploads go and a row of the database,
 * both to the disk. However often it is asked, it looks once a second.
 */
@Readiness
@ApplicationScoped
class StorageReady implements HealthCheck {
  private static final long FRESH_NANOS = 1_000_000_000;

  /** Rows of instances that are gone. */
  private static final int OLD_HOURS = 24;

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

  private Void write(Connection connection) throws SQLException {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    try (PreparedStatement old =
            connection.prepareStatement("delete from probe where instance = ? or seen < ?");
        PreparedStatement row =
            connection.prepareStatement("insert into probe (instance, seen) values (?, ?)")) {
      old.setString(1, instance);
      old.setObject(2, now.minusHours(OLD_HOURS));
      old.executeUpdate();
      row.setString(1, instance);
      row.setObject(2, now);
      row.executeUpdate();
    }
    return null;
  }
}
