package org.aitia.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Intake;
import org.aitia.service.store.LiveRun;
import org.aitia.service.store.Store;
import org.aitia.service.work.Clinic;
import org.aitia.service.work.LiveRuns;
import org.aitia.service.work.Others;

/** From a message to its stored diagnosis. */
@ApplicationScoped
class Casework {
  @Inject Clinic clinic;
  @Inject LiveRuns runs;
  @Inject Intake intake;
  @Inject Store store;
  @Inject Pointers pointers;

  /**
   * Diagnoses and stores.
   *
   * @return the diagnosis, an earlier one when the message was here before; empty for lines of a
   *     run that goes on
   */
  Optional<Store.Entry> of(Letter letter) throws Exception {
    Caller caller = Caller.own(letter.identity().substring(0, 14), letter.tenant());
    return switch (letter.kind()) {
      case SYMPTOM_REPORT ->
          diagnose(caller, letter, () -> intake.report(body(letter), letter.source()));
      case RUN_RECORD ->
          diagnose(caller, letter, () -> intake.record(body(letter), letter.source()));
      case POINTER -> diagnose(caller, letter, () -> pointers.fetch(letter));
      case RECORD_LINES -> lines(caller, letter);
    };
  }

  private static ByteArrayInputStream body(Letter letter) {
    return new ByteArrayInputStream(letter.body());
  }

  private Optional<Store.Entry> diagnose(Caller caller, Letter letter, Clinic.Reception reception)
      throws Exception {
    Clinic.Order order = new Clinic.Order(letter.identity(), Others.Named.NONE, letter.labels());
    return Optional.of(clinic.diagnose(caller, order, reception).entry());
  }

  private Optional<Store.Entry> lines(Caller caller, Letter letter) throws Exception {
    LiveRuns.check(letter.run());
    if (letter.body()[letter.body().length - 1] != '\n') {
      throw Problem.of(400, "malformed-body", "send whole lines, the last one with its end");
    }
    LiveRun run =
        runs.append(caller, letter.run(), letter.offset(), letter.body(), letter.labels());
    if (!run.ended() || "".equals(run.diagnosis())) {
      return Optional.empty();
    }
    if (run.diagnosis() == null) {
      // the lines are kept; the diagnosis had no turn and is asked for again with the message
      throw Problem.later(503, "busy", "the run has ended and waits for its diagnosis", 1);
    }
    return store.find(run.diagnosis());
  }
}
