package org.aitia.service.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when rules are loaded; tells of a reload that failed, which leaves the old ones at work.
 */
@Readiness
@ApplicationScoped
class RulesReady implements HealthCheck {
  @Inject Live live;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("rules");
    if (live.diagnoser() == null) {
      return response.down().build();
    }
    response
        .withData("rules", live.diagnoser().rules().entries().size())
        .withData("knowledge", live.diagnoser().knowledge().version());
    if (live.fault() != null) {
      response.withData("reload", "failed, the old rules stay: " + live.fault());
    }
    return response.up().build();
  }
}
