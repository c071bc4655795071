package org.aitia.service.work;

import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Answers;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.record.SymptomReportCheck;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.SymptomType;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.FileNote;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
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
    try (Admission.Ticket ticket = admission.enter(caller)) {
      if (key == null) {
        return diagnose(ticket, null, named, reception);
      }
      if (!underWay.add(key)) {
        throw Problem.later(
            409, "request-under-way", "a request with this Idempotency-Key is under way", 1);
      }
      try {
        return diagnose(ticket, key, named, reception);
      } finally {
        underWay.remove(key);
      }
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
  private record Made(Store.Entry entry, byte[] evidence, boolean repeated) {}

  private Outcome diagnose(
      Admission.Ticket ticket, String key, Others.Named named, Reception reception)
      throws Exception {
    Made made = ticket.work(() -> make(key, named, reception));
    if (!made.repeated()) {
      try {
        store.insert(made.entry(), key, made.evidence());
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

  private Made make(String key, Others.Named named, Reception reception)
      throws IOException, SQLException {
    Diagnoser diagnoser = live.diagnoser();
    try (Upload upload = reception.receive()) {
      String fingerprint = named.of(upload.fingerprint());
      Optional<Store.Entry> earlier = key == null ? Optional.empty() : store.byKey(key);
      if (earlier.isPresent()) {
        return new Made(same(earlier.get(), fingerprint), null, true);
      }
      Map<Language, Diagnosis> texts = examine(diagnoser, upload, others.find(named));
      Store.Entry entry =
          new Store.Entry(
              Ids.next(),
              Instant.now().truncatedTo(ChronoUnit.MICROS),
              upload.kind(),
              fingerprint,
              texts);
      boolean keep = settings.keep().evidence();
      return new Made(entry, keep ? upload.zip(settings.keep().maxEvidence()) : null, false);
    }
  }

  private Map<Language, Diagnosis> examine(Diagnoser diagnoser, Upload upload, Others.Found found)
      throws IOException {
    Timer.Sample begun = figures.begin();
    Run run = read(upload, diagnoser);
    Diagnoser.Examination examination = diagnoser.examine(run, found.read(diagnoser));
    Map<String, String> answers = run.report().answers();
    Conclusions conclusions = examination.conclude(answers);
    Map<Language, Diagnosis> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      texts.put(language, examination.write(conclusions, answers, language));
    }
    figures.diagnosed(begun, upload.kind(), conclusions);
    return texts;
  }

  /** Reads a run once more, for what its diagnosis does not hold. */
  public <T> T look(Caller caller, Reception reception, Function<Run, T> at) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      return ticket.work(
          () -> {
            try (Upload upload = reception.receive()) {
              return at.apply(read(upload, live.diagnoser()));
            }
          });
    }
  }

  /** Reads what was sent as a run; a problem names the field or the file at fault. */
  static Run read(Upload upload, Diagnoser diagnoser) throws IOException {
    if (upload.kind().equals(Intake.REPORT)) {
      checkReport(Files.readAllBytes(upload.run()), diagnoser.vocabulary());
    }
    Run run =
        RunFolder.read(
            upload.source(), upload.run(), Progress.NONE, List.of(), diagnoser.vocabulary());
    if (!RunFolder.holdsRun(run)) {
      List<Problem.Fault> faults =
          run.files().stream()
              .limit(20)
              .map(f -> new Problem.Fault(null, f.file(), f.message()))
              .toList();
      throw Problem.of(422, "nothing-readable", "nothing of a run could be read", faults);
    }
    boolean foreign =
        upload.kind().equals(Intake.RECORD)
            && run.files().stream().noneMatch(f -> Intake.RECORD.equals(f.format()));
    if (foreign) {
      FileNote note = run.files().get(0);
      throw Problem.of(
          422,
          "nothing-readable",
          "the body is no run record",
          new Problem.Fault(null, note.file(), "is of format " + note.format()));
    }
    checkIds(run.report(), diagnoser.knowledge());
    return run;
  }

  private static void checkReport(byte[] body, Vocabulary vocabulary) {
    List<String> problems;
    try {
      problems = SymptomReportCheck.problems(new String(body, StandardCharsets.UTF_8), vocabulary);
    } catch (IOException e) {
      throw Problem.of(400, "malformed-body", "the symptom report " + e.getMessage());
    }
    if (!problems.isEmpty()) {
      List<Problem.Fault> faults = new ArrayList<>();
      for (String problem : problems) {
        String[] parts = problem.split(": ", 2);
        faults.add(new Problem.Fault(parts[0], null, parts[parts.length - 1]));
      }
      throw Problem.of(
          422,
          "invalid-symptom-report",
          "the symptom report is not valid: " + problems.get(0),
          faults);
    }
  }

  private static void checkIds(Report report, Knowledge knowledge) {
    List<Problem.Fault> faults = new ArrayList<>();
    int i = 0;
    for (Report.Stated stated : report.symptoms()) {
      SymptomType type = knowledge.symptoms().get(stated.id());
      if (type == null || !type.stated()) {
        faults.add(
            new Problem.Fault(
                "symptoms[" + i + "]",
                null,
                type == null
                    ? "there is no symptom '" + stated.id() + "'"
                    : "'" + stated.id() + "' cannot be stated, it is measured"));
      }
      i++;
    }
    report
        .answers()
        .forEach(
            (id, value) ->
                wrong(knowledge.questions().get(id), id, value)
                    .ifPresent(w -> faults.add(new Problem.Fault("answers." + id, null, w))));
    if (!faults.isEmpty()) {
      throw Problem.of(
          422,
          "invalid-symptom-report",
          "the symptom report is not valid: "
              + faults.get(0).field()
              + ": "
              + faults.get(0).detail(),
          faults);
    }
  }

  /** What is wrong with an answer; empty when it is one. */
  private static Optional<String> wrong(Question question, String id, String value) {
    if (question == null) {
      return Optional.of("there is no question '" + id + "'");
    }
    try {
      Answers.accepted(question, value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
