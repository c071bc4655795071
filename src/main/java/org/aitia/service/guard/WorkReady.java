package org.aitia.service.guard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there are threads to work and the service does not end. */
@Readiness
@ApplicationScoped
class WorkReady implements HealthCheck {
  @Inject Workers workers;
  @Inject Drain drain;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("work")
        .status(workers.able() && !drain.ending())
        .withData("stuck", workers.stuck())
        .withData("ending", drain.ending())
        .build();
  }
}
