package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A diagnosis that begins with observations is the one that begins with the files. */
final class ObservationsTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @TempDir Path folder;

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("examples"))) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private static Run read(Path path) throws IOException {
    return RunFolder.read("run", path, Progress.NONE, List.of(), DIAGNOSER.vocabulary());
  }

  private Path observed(Path run) throws IOException {
    return Files.writeString(
        folder.resolve("observations.json"),
        DiagnosisJson.indented().write(DIAGNOSER.examine(read(run)).observed()));
  }

  /** All that is judged; files, curves and conflicts belong to the run itself. */
  private static String judged(Diagnosis d) {
    return DiagnosisJson.indented()
        .write(
            List.of(
                d.verdict(),
                d.causes(),
                d.symptoms(),
                d.tree(),
                d.ruledOut(),
                d.notChecked(),
                d.actions()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theDiagnosisIsTheSame(Path example) throws IOException {
    Diagnosis whole = DIAGNOSER.diagnose(read(example), Language.EN);
    Diagnosis later = DIAGNOSER.diagnose(read(observed(example)), Language.EN);
    assertThat(judged(later)).isEqualTo(judged(whole));
  }

  /** Yesterday's observations beside today's files are not today's. */
  @Test
  void filesAreMeasuredAnew() throws IOException {
    observed(Path.of("examples/missing-values--nan-cells"));
    Files.writeString(
        folder.resolve("metrics.csv"),
        "epoch,train_loss,val_loss\n0,2.0,2.0\n1,1.0,1.0\n2,0.5,0.5\n3,0.4,0.4\n");
    Run run = read(folder);
    assertThat(run.measurements()).isEmpty();
    assertThat(run.files())
        .filteredOn(f -> f.state() == FileNote.State.SKIPPED)
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("measured anew"));
    assertThat(DIAGNOSER.diagnose(run, Language.EN).causes())
        .extracting(Diagnosis.Cause::id)
        .doesNotContain("missing-values");
  }

  @Test
  void whatAPersonReportsBelongsToThem() throws IOException {
    observed(Path.of("examples/missing-values--nan-cells"));
    Files.writeString(
        folder.resolve("report.json"),
        "{\"schema\": \"symptom-report/1\", \"symptoms\": [\"overfits\"]}");
    Run run = read(folder);
    assertThat(run.measurements()).isPresent();
    Diagnosis diagnosis = DIAGNOSER.diagnose(run, Language.EN);
    assertThat(diagnosis.causes()).extracting(Diagnosis.Cause::id).contains("missing-values");
    assertThat(diagnosis.symptoms()).extracting(Diagnosis.Symptom::id).contains("overfits");
  }

  @Test
  void whatIsNoObservationIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("o.json"),
            "{\"schema\": \"observations/1\", \"evidence\": [], \"traits\": [], \"observations\": ["
                + "{\"measure\": \"loss-drop\", \"value\": 1}, {\"measure\": \"loss-drop\"}]}");
    Run run = read(file);
    assertThat(run.files()).hasSize(1);
    FileNote note = run.files().get(0);
    assertThat(note.state()).isEqualTo(FileNote.State.FAILED);
    assertThat(note.message()).contains("observations[1]").contains("value");
  }
}
