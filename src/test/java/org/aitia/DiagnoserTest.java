package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

final class DiagnoserTest {
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

  @Test
  void nothingKnownIsNothingDecided() {
    Diagnosis diagnosis = Diagnoser.builtIn().diagnose(new RunBuilder("").build(), Language.EN);
    assertThat(diagnosis.verdict()).isEqualTo("undecided");
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.notChecked()).isNotEmpty();
    assertThat(diagnosis.questions()).isNotEmpty();
  }
}
