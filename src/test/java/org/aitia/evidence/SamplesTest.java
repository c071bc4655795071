package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.evidence.document.Json;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.data.SavedArray;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private static final Set<String> SHARES = Set.of(Quantity.ACCURACY, "acc-5");

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
        SHARES.contains(found.get(0).key().quantity()) && row(row, "last") > 1.5 ? 0.01 : 1;
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

  /** Files that hold nothing of the training, and what the note says of them. */
  private static final Map<String, String> ASIDES =
      Map.of(
          "run-1gl9jf3o.wandb.syncstate", "how far W&B has uploaded",
          "123456789012345678/meta.yaml", "an experiment of MLflow",
          "numpy/object_pickled.npy", "Python objects",
          "numpy/structured.npy", "structured",
          "numpy/str.npy", "type");

  @TestFactory
  List<DynamicTest> everyFileIsReadOrTheNoteSaysWhatItIs() throws IOException {
    Set<Path> ours = Set.of(SAMPLES.resolve("README.md"), SAMPLES.resolve("scalars.csv"));
    try (Stream<Path> walk = Files.walk(SAMPLES)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !ours.contains(file))
          .map(file -> DynamicTest.dynamicTest(SAMPLES.relativize(file) + "", () -> read(file)))
          .toList();
    }
  }

  private static void read(Path file) throws IOException {
    FileNote note = Runs.only(Runs.read(file));
    String aside =
        ASIDES.keySet().stream().filter(file::endsWith).findFirst().map(ASIDES::get).orElse(null);
    if (aside != null) {
      assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.SKIPPED);
      assertThat(note.message()).contains(aside);
      return;
    }
    if (note.state() != FileNote.State.READ) {
      assertThat(note.message()).contains("is part of a run: give its folder");
      Path folder = file.getParent().getParent();
      String name = folder.relativize(file).toString();
      note =
          Runs.read(folder).files().stream()
              .filter(n -> n.file().equals(name))
              .findFirst()
              .orElseThrow();
    }
    assertThat(note.state()).as(note.toString()).isEqualTo(FileNote.State.READ);
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

  /** Read off the files by eye: what no other test looks at. */
  @ParameterizedTest
  @CsvSource({
    "stdout/tqdm_cr.log, loss, train, 0.289",
    "stdout/generic.log, loss, validation, Infinity",
    "stdout/generic.log, accuracy, validation, 0.63",
    "lightning/stdout_lightning.log, accuracy, validation, 0.508",
    "hf/nan/trainer_state.json, loss, train, NaN",
    "hf/nan/trainer_state.json, loss, validation, NaN",
    "hf/nan/checkpoint-4/trainer_state.json, loss, validation, NaN",
    "hf/states/run/eval_results.json, accuracy, validation, 0.546875",
    "other/timm_summary.csv, accuracy, validation, 0.12",
    "other/lightgbm.log, auc, validation, 1",
    "keras/history.pkl, accuracy, validation, 0.46875",
  })
  void theLastValueIs(String file, String quantity, String split, double value) throws IOException {
    List<Double> last =
        Runs.read(SAMPLES.resolve(file)).series().values().stream()
            .flatMap(List::stream)
            .filter(s -> s.key().quantity().equals(quantity))
            .filter(s -> s.key().split() != null && s.key().split().id().equals(split))
            .map(Series::last)
            .toList();
    assertThat(last).anySatisfy(found -> same(found, value));
  }

  @Test
  void settingsOfAccelerate() throws IOException {
    Run run = Runs.read(SAMPLES.resolve("accelerate/my_project/1795443101.591559/hparams.yml"));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.001);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(32);
  }

  /** Shape, mean, least and largest finite value and the others' number, as numpy has them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "be_f8.npy; be_f8; 3; 1.0; 0.0; 2.0; 0",
        "bool.npy; bool; 2; 0.5; 0.0; 1.0; 0",
        "cm_i8.npy; cm_i8; 2, 2; 25.0; 3.0; 50.0; 0",
        "loss_f8.npy; loss_f8; 4; 0.8; 0.7; 0.9; 2",
        "labels_u1.npy; labels_u1; 3; 0.6666666666666666; 0.0; 1.0; 0",
        "positional.npz; positional/arr_0; 3; 1.0; 0.0; 2.0; 0",
        "positional.npz; positional/arr_1; 2; 0.5; 0.0; 1.0; 0",
        "preds_c.npz; preds_c/y_true; 3; 0.6666666666666666; 0.0; 1.0; 0",
        "preds_c.npz; preds_c/y_prob; 3, 2; 0.4483792295046738; 0.016527635528529094; 0.9127555772777217; 0",
        "scalar0d.npy; scalar0d; ; 3.5; 3.5; 3.5; 0",
        "w_f2.npy; w_f2; 4; 1.5; 0.0; 3.0; 0",
        "w_f4_fortran.npy; w_f4_fortran; 2, 3; 2.5; 0.0; 5.0; 0"
      })
  void arraysHoldWhatNumpyReads(
      String file, String name, String shape, double mean, double min, double max, long nonFinite)
      throws IOException {
    SavedArray array =
        Runs.read(SAMPLES.resolve("numpy/" + file)).arrays().stream()
            .filter(a -> a.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(array.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")))
        .isEqualTo(shape == null ? "" : shape);
    assertThat(array.finite().mean()).isCloseTo(mean, within(1e-12));
    assertThat(array.finite().min()).isEqualTo(min);
    assertThat(array.finite().max()).isEqualTo(max);
    assertThat(array.nonFinite()).isEqualTo(nonFinite);
  }

  @Test
  void coursesThatNumpySaved() throws IOException {
    Run metrics = Runs.read(SAMPLES.resolve("numpy/metrics.npz"));
    assertThat(metrics.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.7);
    assertThat(metrics.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.6);
  }

  /** Numbers were printed by PyTorch when it loaded them. */
  @Test
  void lightningsCheckpointsHoldTheWeightsOfTheirStep() throws IOException {
    Run last =
        Runs.read(
            SAMPLES.resolve("lightning/lightning_logs/version_2/checkpoints/epoch=4-step=60.ckpt"));
    assertThat(last.weights().get(0).step()).isEqualTo(60);
    SavedTensor first = last.weights().get(0).tensors().get(0);
    assertThat(first.shape()).containsExactly(32L, 20L);
    assertThat(first.stats().mean()).isCloseTo(-0.010601707299247209, within(1e-9));
    assertThat(last.config().value(Setting.LEARNING_RATE)).isEqualTo(0.01);
    Run broken =
        Runs.read(SAMPLES.resolve("lightning/nan_run/version_0/checkpoints/epoch=1-step=24.ckpt"));
    assertThat(broken.weights().get(0).tensors())
        .allMatch(t -> t.stats().hasNonFinite())
        .hasSize(4);
    assertThat(broken.config().value(Setting.LEARNING_RATE)).isEqualTo(1e30);
  }

  @Test
  void optimizersAndSchedulesKeepTheRateThatWasSet() throws IOException {
    for (String file : List.of("run/checkpoint-30/optimizer.pt", "nan/checkpoint-4/optimizer.pt")) {
      Run run = Runs.read(SAMPLES.resolve("hf/" + file));
      assertThat(run.config().value(Setting.LEARNING_RATE)).as(file).isEqualTo(0.0005);
      assertThat(run.config().value(Setting.WEIGHT_DECAY)).as(file).isEqualTo(0.01);
    }
  }
}
