package org.aitia.service.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Answers;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.record.SymptomReportCheck;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.SymptomType;
import org.aitia.run.FileNote;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.service.Problem;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;

/** Reads what was sent, and says what in it cannot be used. */
final class RunReading {
  private RunReading() {}

  /** Reads what was sent as a run; a problem names the field or the file at fault. */
  static Run of(Upload upload, Diagnoser diagnoser) throws IOException {
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
