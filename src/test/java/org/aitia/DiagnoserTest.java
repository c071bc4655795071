package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiagnoserTest {
  @TempDir private Path folder;

  private static String json(Diagnoser diagnoser) throws IOException {
    Path example = Path.of("examples/label-errors--hurried-annotators");
    Run run = RunFolder.read("run", example, Progress.NONE, List.of());
    return DiagnosisJson.lines().render(diagnoser.diagnose(run, Language.EN));
  }

  @Test
  void theSameRunAlwaysReadsTheSame() throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    String first = json(diagnoser);
    for (int i = 0; i < 5; i++) {
      assertThat(json(diagnoser)).isEqualTo(first);
    }
  }

  private Diagnosis ofTables(String example, String... files) throws IOException {
    for (String file : files) {
      Files.copy(Path.of("examples", example, file), folder.resolve(file));
    }
    Run run = RunFolder.read("run", folder, Progress.NONE, List.of());
    return Diagnoser.builtIn().diagnose(run, Language.EN);
  }

  @Test
  void aFewEmptyCellsExplainALossThatWasNeverFinite() throws IOException {
    Diagnosis diagnosis = ofTables("missing-values--nan-cells", "metrics.csv", "train.csv");
    assertThat(diagnosis.causes().get(0).id()).isEqualTo("missing-values");
    assertThat(diagnosis.causes().get(0).probability()).isGreaterThan(0.9);
  }

  @Test
  void emptyCellsThatWereFilledInExplainNothing() throws IOException {
    Diagnosis diagnosis = ofTables("healthy--imputed-values", "metrics.csv", "train.csv");
    assertThat(diagnosis.causes()).extracting("id").doesNotContain("missing-values");
  }

  @Test
  void nothingKnownIsNothingDecided() {
    Diagnosis diagnosis = Diagnoser.builtIn().diagnose(new RunBuilder("").build(), Language.EN);
    assertThat(diagnosis.verdict()).isEqualTo("undecided");
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.notChecked()).isNotEmpty();
    assertThat(diagnosis.questions()).isNotEmpty();
  }
}
