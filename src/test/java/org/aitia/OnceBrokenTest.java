package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.Language;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that once cost a whole diagnosis, or all others theirs: what they give. */
final class OnceBrokenTest {
  private static final Path CORPUS = Path.of("src/fuzz/corpus");

  /** A machine that builds does more than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long MOST_ALLOCATED = 256L << 20;
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @TempDir Path folder;
  private Run run;

  /** The diagnosis of a run with a file, of which no part failed. */
  private Diagnosis diagnosis(String name, byte[] content) throws Exception {
    Files.write(folder.resolve(name), content);
    Diagnosis diagnosis =
        Budget.of(PATIENCE)
            .run(
                () -> {
                  run =
                      RunFolder.read(
                          "run", folder, Progress.NONE, List.of(), DIAGNOSER.vocabulary());
                  return DIAGNOSER.diagnose(run, Language.EN);
                });
    assertThat(diagnosis.failed()).isEmpty();
    return diagnosis;
  }

  private FileNote note() {
    assertThat(run.files()).hasSize(1);
    return run.files().get(0);
  }

  private static byte[] corpus(String name) throws Exception {
    return Files.readAllBytes(CORPUS.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan-acc.csv", "nan-acc2.csv", "nan-metrics.csv"})
  void aMetricWithoutAValueIsAGapAndTold(String name) throws Exception {
    Diagnosis diagnosis = diagnosis("metrics.csv", corpus("metrics-csv/" + name));
    assertThat(note().state()).isEqualTo(FileNote.State.READ);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().size())
        .isEqualTo(5);
    assertThat(diagnosis.observations())
        .anyMatch(o -> o.measure().equals("undefined-values-of-metric") && o.value().equals(1.0));
    assertThat(diagnosis.observations()).hasSizeGreaterThan(5);
  }

  @Test
  void aCallOfAMemberWithoutAName() throws Exception {
    Files.write(folder.resolve("metrics.csv"), corpus("metrics-csv/keras-training.csv"));
    Diagnosis diagnosis = diagnosis("train.py", corpus("script/call-of-nothing.py"));
    assertThat(run.files()).hasSize(2).allMatch(f -> f.state() == FileNote.State.READ);
    assertThat(diagnosis.observations()).hasSizeGreaterThan(5);
  }

  @Test
  void aNegativeCountOfALabel() throws Exception {
    diagnosis("record.run.jsonl", corpus("run-record/negative-label-count"));
    assertThat(note().message()).contains("labels");
  }

  @Test
  void aReportWithANegativeCountOfALabel() throws Exception {
    diagnosis("report.json", corpus("symptom-report/negative-label-count.json"));
    assertThat(note().message()).contains("labels");
  }

  @Test
  void aMillionBlankLines() throws Exception {
    diagnosis("train.py", ("x = 1\n" + "\n".repeat(1_000_000)).getBytes());
    assertThat(note().state()).as("no script of a training").isEqualTo(FileNote.State.SKIPPED);
    diagnosis("train.py", ("import torch\n" + "\n".repeat(1_000_000)).getBytes());
    assertThat(note().state()).isEqualTo(FileNote.State.READ);
  }

  @Test
  void threeThousandBracketsThatAreNeverClosed() throws Exception {
    diagnosis("train.py", ("import torch\n" + "{\"a\":".repeat(3_000)).getBytes());
    assertThat(note().state()).isEqualTo(FileNote.State.PARTIAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras-hdf5/allocation", "keras/hdf5-allocation"})
  void aModelThatClaimsGigabytes(String name) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(self);
    diagnosis(name.startsWith("keras/") ? "model.keras" : "model.h5", corpus(name));
    assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(MOST_ALLOCATED);
    assertThat(note().state()).isNotEqualTo(FileNote.State.SKIPPED);
  }

  @Test
  void aWeightThatIsNotWhatItsChecksumSays() throws Exception {
    Diagnosis diagnosis = diagnosis("model.pt", corpus("pytorch/corrupt"));
    assertThat(note().message()).contains("the file is damaged", "checksum");
    assertThat(diagnosis.symptoms()).noneMatch(s -> s.id().contains("finite"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch/good", "pytorch/narrow"})
  void theSameModelWhole(String name) throws Exception {
    diagnosis("model.pt", corpus(name));
    assertThat(note().state()).isEqualTo(FileNote.State.READ);
    assertThat(run.weights().get(0).tensors()).allMatch(t -> t.stats().nonFinite() == 0);
  }
}
