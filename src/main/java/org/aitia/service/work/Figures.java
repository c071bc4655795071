package org.aitia.service.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Hypothesis;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Workers;
import org.aitia.service.intake.Arrivals;
import org.aitia.service.store.Expiry;
import org.aitia.service.store.SessionStore;

/** What {@code /q/metrics} tells of the work. */
@ApplicationScoped
class Figures {
  @Inject MeterRegistry registry;
  @Inject Admission admission;
  @Inject Workers workers;
  @Inject Arrivals arrivals;
  @Inject Live live;
  @Inject Watchers watchers;
  @Inject SessionStore sessions;
  @Inject Examinations examinations;
  @Inject Expiry expiry;

  void start(@Observes StartupEvent event) {
    registry.gauge("aitia.requests.inside", admission, Admission::inside);
    registry.gauge("aitia.bodies.arriving", arrivals, Arrivals::arriving);
    registry.gauge("aitia.watchers", watchers, Watchers::count);
    registry.gauge("aitia.diagnoses.working", workers, Workers::working);
    registry.gauge("aitia.workers.stuck", workers, Workers::stuck);
    registry.gauge("aitia.sessions.open", sessions, this::open);
    registry.gauge("aitia.sessions.in.memory", examinations, Examinations::count);
    registry.gauge("aitia.rules", live, l -> l.diagnoser().rules().entries().size());
    registry.gauge("aitia.rules.reload.failed", live, l -> l.fault() == null ? 0 : 1);
  }

  private double open(SessionStore store) {
    try {
      return store.count(expiry.since());
    } catch (SQLException e) {
      // a gauge without a value, while the database does not answer
      return Double.NaN;
    }
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
    registry.counter("aitia.diagnoses", "verdict", conclusions.verdict().id()).increment();
    for (Hypothesis hypothesis : conclusions.hypotheses()) {
      for (Hypothesis.Weighed weighed : hypothesis.weighed()) {
        registry.counter("aitia.rule.firings", "rule", weighed.claim().rule()).increment();
      }
    }
  }

  /**
   * Counts a session.
   *
   * @param from what it began with
   */
  void sessionBegun(String from) {
    registry.counter("aitia.sessions.begun", "from", from).increment();
  }

  /** Counts a further run of a session. */
  void runAttached() {
    registry.counter("aitia.sessions.runs").increment();
  }

  /**
   * Counts an answer.
   *
   * @param was null when there was none before
   * @param is null when it was withdrawn
   */
  void answered(Timer.Sample begun, String was, String is) {
    begun.stop(
        Timer.builder("aitia.answer")
            .description("from the request to the new state, kept")
            .publishPercentileHistogram(false)
            .register(registry));
    String change = is == null ? "withdrawn" : was == null ? "given" : "changed";
    registry.counter("aitia.answers", "change", change).increment();
  }

  /** Counts a request that was turned away. */
  void refused(String kind) {
    registry.counter("aitia.refusals", "kind", kind).increment();
  }
}
