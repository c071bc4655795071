package org.aitia.service.work;

import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.Run;
import org.aitia.service.Digests;
import org.aitia.service.Ids;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.LiveRun;
import org.aitia.service.store.RunFacts;
import org.aitia.service.store.Store;

/** From what was sent to the stored diagnosis. */
@ApplicationScoped
public class Clinic {
  @Inject Settings settings;
  @Inject Admission admission;
  @Inject Live live;
  @Inject Store store;
  @Inject Others others;
  @Inject Figures figures;

  /** Keys of requests under way in this instance. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /** Takes a body in. */
  public interface Reception {
    Upload receive() throws IOException;
  }

  /**
   * What became of a request.
   *
   * @param repeated whether an earlier request with the same key had been answered already
   */
  public record Outcome(Store.Entry entry, boolean repeated) {}

  /**
   * Receives, diagnoses and stores.
   *
   * @param key of idempotency; null without one
   * @param named stored diagnoses to hold the run against
   */
  public Outcome diagnose(Caller caller, String key, Others.Named named, Reception reception)
      throws Exception {
    return diagnose(caller, new Order(key, named, Map.of()), reception);
  }

  /**
   * What is wanted of a diagnosis.
   *
   * @param key of idempotency; null without one
   * @param named stored diagnoses to hold the run against
   * @param labels to find it by, besides those that the body brings
   * @param followed the run that was followed while it went on; null for any other
   */
  public record Order(
      String key, Others.Named named, Map<String, String> labels, LiveRun followed) {
    /** Of a run that nobody followed. */
    public Order(String key, Others.Named named, Map<String, String> labels) {
      this(key, named, labels, null);
    }

    /** What the overview counts of the run. */
    private RunFacts of(Run run) {
      RunFacts told = RunFacts.of(run);
      return followed == null ? told : told.followed(followed);
    }

    /** The labels of a diagnosis of this. */
    Map<String, String> labelled(Upload upload) {
      return Labels.joined(labels, upload.labels());
    }

    /** The fingerprint of a request for it. */
    private String of(Upload upload) {
      String plain = named.of(upload.fingerprint());
      Map<String, String> all = labelled(upload);
      return all.isEmpty()
          ? plain
          : HexFormat.of().formatHex(Digests.sha256(plain + "\n" + Labels.lines(all)));
    }
  }

  /** Receives, diagnoses and stores. */
  public Outcome diagnose(Caller caller, Order order, Reception reception) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      return diagnose(ticket, order, reception);
    } catch (Problem problem) {
      figures.refused(problem.kind());
      throw problem;
    }
  }

  /**
   * What was made of a body, not yet stored.
   *
   * @param evidence null when it is not kept
   */
  private record Made(Store.Entry entry, RunFacts facts, byte[] evidence, boolean repeated) {}

  /** What was concluded of a run. */
  private record Examined(Map<Language, Diagnosis> texts, Run run) {}

  /** The same within a place that was taken already. */
  Outcome diagnose(Admission.Ticket ticket, Order order, Reception reception) throws Exception {
    String key = order.key();
    if (key == null) {
      return make(ticket, order, reception);
    }
    if (!underWay.add(key)) {
      throw Problem.later(
          409, "request-under-way", "a request with this Idempotency-Key is under way", 1);
    }
    try {
      return make(ticket, order, reception);
    } finally {
      underWay.remove(key);
    }
  }

  private Outcome make(Admission.Ticket ticket, Order order, Reception reception) throws Exception {
    String key = order.key();
    Made made = ticket.work(() -> make(ticket.caller(), order, reception));
    if (!made.repeated()) {
      try {
        store.insert(made.entry(), made.facts(), key, made.evidence());
      } catch (Store.KeyTaken e) {
        Store.Entry earlier = store.byKey(key).orElseThrow(() -> e);
        return new Outcome(same(earlier, made.entry().fingerprint()), true);
      }
    }
    return new Outcome(made.entry(), made.repeated());
  }

  private static Store.Entry same(Store.Entry earlier, String fingerprint) {
    if (!earlier.fingerprint().equals(fingerprint)) {
      throw Problem.field(
          422,
          "idempotency-key-reused",
          "Idempotency-Key",
          "another request with other content has used this key");
    }
    return earlier;
  }

  private Made make(Caller caller, Order order, Reception reception)
      throws IOException, SQLException {
    Diagnoser diagnoser = live.diagnoser();
    try (Upload upload = reception.receive()) {
      String fingerprint = order.of(upload);
      Optional<Store.Entry> earlier =
          order.key() == null ? Optional.empty() : store.byKey(order.key());
      if (earlier.isPresent()) {
        return new Made(same(earlier.get(), fingerprint), RunFacts.UNKNOWN, null, true);
      }
      Examined examined = examine(diagnoser, upload, others.find(order.named()));
      Store.Entry entry =
          new Store.Entry(
              Ids.next(),
              Instant.now().truncatedTo(ChronoUnit.MICROS),
              upload.kind(),
              fingerprint,
              new Store.Mark(caller.by(), order.labelled(upload)),
              examined.texts());
      boolean keep = settings.keep().evidence();
      RunFacts facts = order.of(examined.run());
      return new Made(entry, facts, keep ? upload.zip(settings.keep().maxEvidence()) : null, false);
    }
  }

  private Examined examine(Diagnoser diagnoser, Upload upload, Others.Found found)
      throws IOException {
    Timer.Sample begun = figures.begin();
    Run run = RunReading.of(upload, diagnoser);
    Diagnoser.Examination examination = diagnoser.examine(run, found.read(diagnoser));
    Map<String, String> answers = run.report().answers();
    Conclusions conclusions = examination.conclude(answers);
    Map<Language, Diagnosis> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      texts.put(language, examination.write(conclusions, answers, language));
    }
    figures.diagnosed(begun, upload.kind(), conclusions);
    return new Examined(texts, run);
  }

  /** Diagnoses what goes on: nothing is stored. */
  Map<Language, Diagnosis> conclude(Caller caller, Reception reception) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      return ticket.work(
          () -> {
            try (Upload upload = reception.receive()) {
              return examine(live.diagnoser(), upload, others.find(Others.Named.NONE)).texts();
            }
          });
    }
  }

  /** Reads a run once more, for what its diagnosis does not hold. */
  public <T> T look(Caller caller, Reception reception, Function<Run, T> at) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      return ticket.work(
          () -> {
            try (Upload upload = reception.receive()) {
              return at.apply(RunReading.of(upload, live.diagnoser()));
            }
          });
    }
  }
}
