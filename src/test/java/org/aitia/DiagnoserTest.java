package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.report.DiagnosisJson;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiagnoserTest {
  @TempDir private Path folder;

  private static String json(Diagnoser diagnoser) throws IOException {
    Path example = Path.of("examples/label-errors--hurried-annotators");
    Run run = RunFolder.read("run", example, Progress.NONE, List.of(), Vocabulary.base());
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
    Run run = RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base());
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

  /** Lines as these programs print them, behind a training that went well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lack of memory | torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB. GPU 0 has 23.64 GiB",
        "lack of memory | RuntimeError: Device(id:0) memory isn't enough and alloc failed, kernel name: Default/network",
        "lack of main memory | slurmstepd: error: Detected 1 oom_kill event in StepId=1234.0.",
        "lack of main memory | srun: error: node01: task 0: Out Of Memory",
        "processes lost each other | [rank1]:[E1118 02:14:08 ProcessGroupNCCL.cpp:616] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=1234)",
        "worker process failed | RuntimeError: DataLoader worker (pid 4711) is killed by signal: Bus error.",
        "machine was taken away | slurmstepd: error: *** JOB 991 ON node03 CANCELLED AT 2026-11-01T02:00:00 DUE TO TIME LIMIT ***"
      })
  void whatEndedTheProcessIsToldApartFromItsAccuracy(String told, String line) throws IOException {
    String log =
        IntStream.range(1, 4)
            .mapToObj(e -> "Epoch " + e + "/5 - loss: 0." + (8 - e) + " - val_loss: 0." + (9 - e))
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("train.log"), log + "\n" + line + "\n");
    Run run = RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base());
    Diagnosis diagnosis = Diagnoser.builtIn().diagnose(run, Language.EN);
    assertThat(diagnosis.summary()).contains("Beware").contains(told);
    assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.FAULTY);
    assertThat(diagnosis.causes()).extracting("id").doesNotContain("too-few-epochs");
  }

  @Test
  void nothingKnownIsNothingDecided() {
    Diagnosis diagnosis = Diagnoser.builtIn().diagnose(new RunBuilder("").build(), Language.EN);
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.notChecked()).isNotEmpty();
    assertThat(diagnosis.questions()).isNotEmpty();
  }
}
