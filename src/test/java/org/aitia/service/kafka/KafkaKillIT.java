package org.aitia.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two instances and a broker, and what of them is killed. */
final class KafkaKillIT {
  @Test
  void killsInTheMiddleLoseNothingAndDoubleNothing() throws Exception {
    FleetRun.Outcome outcome = FleetRun.of(new FleetRun.Plan(200, 8, 2, true));
    assertThat(outcome.onceEach()).as(outcome.toString()).isTrue();
  }
}
