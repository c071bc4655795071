package org.aitia.service.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.aitia.service.Settings;

/** When sessions expire: some time after they were used last. */
@ApplicationScoped
public class Expiry {
  /** A session that is used again within this is not noted as used again. */
  private static final Duration SLACK = Duration.ofHours(1);

  @Inject Settings settings;

  /** Whether sessions expire at all. */
  boolean ever() {
    return !settings.sessions().idle().isZero();
  }

  /** What was not used since then has expired. */
  public Instant since() {
    return ever() ? Instant.now().minus(settings.sessions().idle()) : Instant.EPOCH;
  }

  /** When a session expires; null when it never does. */
  public Instant of(StoredSession session) {
    return ever() ? session.used().plus(settings.sessions().idle()) : null;
  }

  /** Whether it is time to note that a session is used. */
  public boolean due(StoredSession session) {
    Duration tenth = settings.sessions().idle().dividedBy(10);
    Duration slack = ever() && tenth.compareTo(SLACK) < 0 ? tenth : SLACK;
    return session.used().isBefore(Instant.now().minus(slack));
  }
}
