package org.aitia.evidence.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.evidence.Runs;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsCsvReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "val_loss, loss, VALIDATION,",
    "valid_acc, accuracy, VALIDATION,",
    "test_loss, loss, TEST,",
    "train_loss, loss, TRAIN,",
    "train_loss_step, loss, TRAIN, STEP",
    "train_loss_epoch, loss, TRAIN, EPOCH",
    "val/loss, loss, VALIDATION,",
    "Loss/val, loss, VALIDATION,",
    "eval_accuracy, accuracy, VALIDATION,",
    "valLoss, loss, VALIDATION,",
    "Acc@1/train, accuracy, TRAIN,",
    "val_f1_macro, f1, VALIDATION,",
    "accuracy, accuracy, TRAIN,",
    "lr, learning-rate, ,",
    "lr-AdamW, learning-rate, ,",
    "train/lr, learning-rate, ,",
    "epoch_learning_rate, learning-rate, , EPOCH",
    "grad_norm, gradient-norm, ,",
    "train/grad_norm, gradient-norm, ,",
    "grad_2.0_norm_total, gradient-norm, ,",
    "val_loss/dataloader_idx_0, loss, VALIDATION,",
    "train/box_loss, box-loss, TRAIN,",
  })
  void namesAreTakenApart(String name, String quantity, Split split, Axis axis) {
    Tag tag = Vocabulary.base().tag(name, null).orElseThrow();
    assertThat(tag.quantity()).isEqualTo(quantity);
    assertThat(tag.split()).isEqualTo(split);
    assertThat(tag.axis()).isEqualTo(axis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hp_metric",
        "time",
        "train_runtime",
        "eval/samples_per_second",
        "epoch",
        "train/train_loss",
        "evaluation_loss_vs_iterations",
        " ",
        "val_loss_step"
      })
  void namesThatMeasureNoTrainingAreLeftOut(String name) {
    assertThat(Vocabulary.base().tag(name, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void separatorsAreSeen(String separator) throws IOException {
    String text =
        "\uFEFFepoch,loss,\"val_loss\"\r\n0,1.5,1.6\r\n1,\"1.2\",inf\r\n".replace(",", separator);
    Run run = Runs.read(folder, "log.csv", text);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.READ);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().values())
        .containsExactly(1.5, 1.2);
    assertThat(run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void aTrainColumnWithSeveralValuesAnEpochIsByStep() throws IOException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(
                i -> i / 10 + "," + i + "," + 1.0 / (i + 1) + "," + (i % 10 == 9 ? "0.5" : ""))
            .collect(Collectors.joining("\n"));
    Run run = Runs.read(folder, "log.csv", "epoch,step,train_loss,val_loss\n" + rows + "\n");
    Series train = run.series(Quantity.LOSS, Split.TRAIN, Axis.STEP).orElseThrow();
    assertThat(train.size()).isEqualTo(40);
    assertThat(train.epoch(39)).isEqualTo(3);
    Series validation = run.series(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH).orElseThrow();
    assertThat(validation.steps()).containsExactly(9, 19, 29, 39);
  }

  @Test
  void aSecondHeaderAfterARestartMayHaveOtherColumns() throws IOException {
    Run run =
        Runs.read(folder, "log.csv", "epoch,loss\n0,3\n1,2\nepoch,lr,loss\n1,0.1,2.5\n2,0.1,2.2\n");
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().values())
        .containsExactly(3, 2.5, 2.2);
  }

  @Test
  void raggedRowsAndOddCellsAreNamedAndTheRestIsRead() throws IOException {
    Run run =
        Runs.read(folder, "log.csv", "epoch,loss,val_loss\n0,3,4\n1,2\n2,oops,3\n3,1,2,9\nx,1,1\n");
    FileNote note = Runs.only(run);
    assertThat(note.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(note.message()).contains("line 3").contains("line 4");
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().values())
        .containsExactly(3, 2, 1);
  }

  @Test
  void perCentBecomesAShareAndNegativeStepsDoNoHarm() throws IOException {
    Run run = Runs.read(folder, "log.csv", "step,val_acc,val_f1\n-5,50,30%\n10,75.5,40%\n");
    assertThat(run.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow().values())
        .containsExactly(0.5, 0.755);
    assertThat(run.series(Quantity.F1, Split.VALIDATION, Axis.EPOCH).orElseThrow().first())
        .isEqualTo(0.3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f0,f1,target\n1,2,0\n",
        "epoch,place\n1,2\n",
        "step\n1\n",
        "a text, with an epoch\n",
        "time,epoch,latitude\n1,2,3\n"
      })
  void tablesOfDataAreNotLogs(String text) throws IOException {
    assertThat(Runs.only(Runs.read(folder, "train.csv", text)).format())
        .isNotEqualTo(new MetricsCsvReader().format());
  }

  @Test
  void tenThousandColumnsAreReadUpToTheLimit() throws IOException {
    String header =
        IntStream.range(0, 10_000)
            .mapToObj(i -> i == 2_200 ? "loss" : "m" + i)
            .collect(Collectors.joining(","));
    String row =
        IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    Run run = Runs.read(folder, "log.csv", "epoch," + header + "\n0," + row + "\n1," + row + "\n");
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("columns");
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH)).isPresent();
    assertThat(run.series()).hasSizeLessThanOrEqualTo(Points.MAX_TRACKS);
  }

  @Test
  void aLineOfAHundredMegabytesEndsTheFileNotTheProgram() throws IOException {
    Path file = folder.resolve("log.csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write("epoch,loss\n0,1\n1,".getBytes(StandardCharsets.UTF_8));
      byte[] nines = "9".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(nines);
      }
    }
    Run run = Runs.read(file);
    assertThat(Runs.only(run).state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(Runs.only(run).message()).contains("line 2").contains("MB");
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().first())
        .isEqualTo(1);
  }

  @Test
  void cutAnywhereItGivesWhatCameBefore() throws IOException {
    StringBuilder text = new StringBuilder("epoch,accuracy,loss,val_accuracy,val_loss\n");
    for (int i = 0; i < 30; i++) {
      text.append(i).append(",0.").append(500 + i).append(",1.25,0.5,1.5\n");
    }
    for (int i = 0; i < 50; i++) {
      int cut = text.length() * i / 50;
      Run run = Runs.read(folder, "log.csv", text.substring(0, cut));
      FileNote note = Runs.only(run);
      assertThat(note.message()).isNotBlank();
      run.series(Quantity.ACCURACY, Split.TRAIN, Axis.EPOCH)
          .ifPresent(s -> assertThat(s.min()).isGreaterThanOrEqualTo(0.5));
    }
  }
}
