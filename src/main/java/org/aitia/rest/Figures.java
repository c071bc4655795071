package org.aitia.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.aitia.fact.Conclusions;
import org.aitia.fact.Hypothesis;

/** What {@code /q/metrics} tells of the work. */
@ApplicationScoped
class Figures {
  @Inject MeterRegistry registry;
  @Inject Admission admission;
  @Inject Live live;

  void start(@Observes StartupEvent event) {
    registry.gauge("aitia.requests.inside", admission, Admission::inside);
    registry.gauge("aitia.diagnoses.working", admission, Admission::working);
    registry.gauge("aitia.rules", live, l -> l.diagnoser().rules().entries().size());
    registry.gauge("aitia.rules.reload.failed", live, l -> l.fault() == null ? 0 : 1);
  }

  Timer.Sample begin() {
    return Timer.start(registry);
  }

  /** Counts a diagnosis and the rules that spoke in it. */
  void diagnosed(Timer.Sample begun, String kind, Conclusions conclusions) {
    begun.stop(
        Timer.builder("aitia.diagnosis")
            .description("from the files on disk to the diagnosis")
            .tag("kind", kind)
            .publishPercentileHistogram(false)
            .register(registry));
    registry.counter("aitia.diagnoses", "verdict", conclusions.verdict()).increment();
    for (Hypothesis hypothesis : conclusions.hypotheses()) {
      for (Hypothesis.Weighed weighed : hypothesis.weighed()) {
        registry.counter("aitia.rule.firings", "rule", weighed.support().rule()).increment();
      }
    }
  }

  /** Counts a request that was turned away. */
  void refused(String kind) {
    registry.counter("aitia.refusals", "kind", kind).increment();
  }
}
