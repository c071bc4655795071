package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.run.Axis;
import org.aitia.run.FileNote;
import org.aitia.run.LayerRecord;
import org.aitia.run.Quantity;
import org.aitia.run.Run;
import org.aitia.run.Series;
import org.aitia.run.Setting;
import org.aitia.run.Split;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Real files of training tools, against numbers taken from them by other means. */
class SamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/samples");

  @TestFactory
  List<DynamicTest> everyTagHasTheValuesThatTensorBoardItselfReads() throws IOException {
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(SAMPLES.resolve("scalars.csv"))) {
      return rows.stream()
          .map(
              row ->
                  DynamicTest.dynamicTest(
                      row.getField("file") + " " + row.getField("tag"), () -> check(row)))
          .toList();
    }
  }

  private static void check(NamedCsvRecord row) throws IOException {
    String file = row.getField("file");
    String tag = row.getField("tag");
    Path path = SAMPLES.resolve(file);
    // a folder is read without those below it
    Run run = Files.isDirectory(path) ? Runs.read(SAMPLES.resolve(file)) : Runs.read(path);
    List<Series> found =
        run.series().values().stream()
            .flatMap(List::stream)
            .filter(s -> tag.equals(s.source().tag()) && !s.source().file().contains("/"))
            .toList();
    assertThat(found).isNotEmpty();
    // what is given in per cent is kept as a share
    double scale =
        found.get(0).key().quantity().equals(Quantity.ACCURACY) && row(row, "last") > 1.5
            ? 0.01
            : 1;
    Series first = found.get(0);
    Series last = found.get(found.size() - 1);
    assertThat(found.stream().mapToLong(Series::count).sum()).isEqualTo((long) row(row, "points"));
    if (found.size() == 1) {
      assertThat(first.size()).isEqualTo((int) row(row, "steps"));
    }
    same(first.first(), row(row, "first") * scale);
    same(last.last(), row(row, "last") * scale);
  }

  private static double row(NamedCsvRecord row, String field) {
    return Json.number(row.getField(field));
  }

  private static void same(double found, double expected) {
    if (Double.isFinite(expected)) {
      assertThat(found).isCloseTo(expected, within(1e-7 * Math.abs(expected)));
    } else {
      assertThat(Double.valueOf(found)).isEqualTo(Double.valueOf(expected));
    }
  }

  @Test
  void whatNoReaderKnowsIsSkippedAndNothingFails() throws IOException {
    try (Stream<Path> walk = Files.walk(SAMPLES)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        Run run = Runs.read(file);
        FileNote note = Runs.only(run);
        if (known(file)) {
          assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.READ);
        } else {
          assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.SKIPPED);
          if (file.toString().matches(".*/(params|tags)/.*")) {
            assertThat(note.message()).contains("give its folder");
            continue;
          }
          if ("numpy".equals(note.format())) {
            assertThat(note.message()).containsAnyOf("Python objects", "structured", "type");
            continue;
          }
          assertThat(note.format()).isNull();
          assertThat(note.message()).contains("aitia list formats");
        }
      }
    }
  }

  private static boolean known(Path file) {
    String name = file.getFileName().toString();
    return name.contains("tfevents")
        || name.matches("(?!str|structured|object_pickled)\\w+\\.np[yz]")
        || name.endsWith(".log")
        || name.equals("log.txt")
        || name.equals("requirements.txt")
        || name.startsWith("history") && name.endsWith(".json")
        || name.equals("lightgbm_evals_result.json")
        || file.toString().contains("/hf/states/")
        || name.equals("trainer_state.json")
        || name.endsWith(".wandb")
        || name.equals("mlflow.db")
        || name.endsWith(".keras")
        || name.endsWith(".pt")
        || name.endsWith(".ckpt")
        || name.endsWith(".onnx")
        || name.endsWith(".h5")
        || name.equals("model.json")
        || name.equals("splits.npz")
        || file.toString().contains("/pair/")
        || name.equals("history.npz")
        || name.equals("metrics.npz")
        || name.startsWith("events.out.events.summary")
        || name.equals("meta.yaml") && file.getParent().resolve("metrics").toFile().isDirectory()
        || file.toString().contains("/metrics/")
        || name.endsWith("_results.json")
        || name.startsWith("hparams")
        || name.endsWith(".csv") && !name.equals("scalars.csv");
  }

  @Test
  void kerasKeepsTrainingAndValidationInFoldersOfTheirOwn() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/tb"));
    Series validation = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(validation.size()).isEqualTo(6);
    assertThat(validation.epoch(5)).isEqualTo(5);
    assertThat(run.series(Quantity.LEARNING_RATE, null, Axis.EPOCH)).isPresent();
    assertThat(run.config().text(Setting.OPTIMIZER)).contains("Adam");
    assertThat(run.config().value(Setting.LEARNING_RATE)).isCloseTo(0.001, within(1e-9));
    assertThat(run.config().text(Setting.LOSS)).contains("sparse_categorical_crossentropy");
    assertThat(run.layers().stream().map(l -> l.name())).containsExactly("fc1", "fc2", "out");
    assertThat(run.conflicts()).isEmpty();
  }

  @Test
  void kerasBatchLossIsARunningMeanAndNotTheLossOfABatch() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/tb_batch"));
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP)).isEmpty();
    Series running = run.series("running-loss", Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(running.source().tag()).isEqualTo("batch_loss");
    assertThat(running.count()).isEqualTo(36);
  }

  @Test
  void pytorchLogsTrainingByStepAndValidationByEpochInOneFile() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("pytorch_tb/exp1"));
    Series train = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(train.lastStep()).isEqualTo(29);
    assertThat(train.value(25)).as("the resumed run's value").isEqualTo(0.5);
    Series validation = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(validation.epoch(3)).isEqualTo(3);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().source().file())
        .startsWith("loss_train/");
    assertThat(run.series(Quantity.GRADIENT_NORM, null, Axis.STEP)).isPresent();
    LayerRecord record = run.layer("2").orElseThrow().records().get(0);
    assertThat(record.weight()).isNotNull();
    assertThat(record.gradient()).isNotNull();
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.1);
    assertThat(run.conflicts()).isEmpty();
  }

  @Test
  void lightningsSparseCsvIsTakenApart() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("lightning/lightning_logs/version_0"));
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow().size()).isEqualTo(7);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().size())
        .isEqualTo(3);
    Series validation = run.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(validation.step(2)).isEqualTo(35);
    assertThat(validation.epoch(2)).isEqualTo(2);
    Series rate = run.series(Quantity.LEARNING_RATE, null, Axis.STEP).orElseThrow();
    assertThat(rate.epoch(2)).isEqualTo(1);
    assertThat(run.series(Quantity.ACCURACY, Split.TEST, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.578125);
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.01);
    assertThat(run.config().value(Setting.DROPOUT)).isEqualTo(0.2);
  }

  @Test
  void huggingFacesSettingsComeFromTheTextSummary() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("hf/run/runs"));
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(16);
    assertThat(run.config().text(Setting.OPTIMIZER)).contains("adamw_torch_fused");
    assertThat(run.config().text(Setting.SCHEDULER)).contains("cosine");
    assertThat(run.config().has(Setting.MAX_STEPS)).as("-1 stands for none").isFalse();
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(loss.repeated()).isEqualTo(2);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().epoch(3))
        .isEqualTo(4);
  }

  @Test
  void aBareAccuracyBesideATrainLossIsTheEvaluations() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("accelerate/my_project"));
    assertThat(run.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isCloseTo(0.6, within(1e-6));
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(2);
  }

  @Test
  void nanIsNanAndNotAvailableIsNothing() throws IOException {
    Run nan = Runs.read(SAMPLES.resolve("keras/nan.csv"));
    Series loss = nan.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow();
    assertThat(loss.nonFinite()).isEqualTo(4);
    Run every2 = Runs.read(SAMPLES.resolve("keras/valfreq2.csv"));
    assertThat(every2.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().steps())
        .containsExactly(1, 3);
    assertThat(every2.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().nonFinite())
        .isZero();
  }

  @Test
  void aResumedRunsLaterValuesWin() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("keras/training.csv"));
    Series loss = run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow();
    assertThat(loss.size()).isEqualTo(9);
    assertThat(loss.value(4)).isEqualTo(0.6931302547454834);
  }

  @Test
  void pythonTagsAreReadAsPlainData() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("lightning/hparams_odd.yaml"));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(1e-4);
    assertThat(run.config().others().keySet().stream().collect(Collectors.joining(" ")))
        .contains("nested.a")
        .contains("betas");
  }
}
