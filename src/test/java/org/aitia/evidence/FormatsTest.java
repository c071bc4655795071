package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small logs in the exact form that each program writes, with what a person reads in them: {@code
 * expected.tsv}, a series a line.
 */
class FormatsTest {
  private static final Path FOLDER = Path.of("src/test/resources/formats");

  static Stream<String> series() throws IOException {
    return Files.readAllLines(FOLDER.resolve("expected.tsv")).stream()
        .filter(l -> !l.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource
  void series(String line) throws IOException {
    List<String> cells = List.of(line.split("\t"));
    Run run = Runs.read(FOLDER.resolve(cells.get(0)));
    Split split = Split.of(cells.get(2)).orElse(null);
    Axis axis = cells.get(3).equals("epoch") ? Axis.EPOCH : Axis.STEP;
    Series found =
        run.series(cells.get(1), split, axis)
            .orElseThrow(() -> new AssertionError("no such series in " + run.series().keySet()));
    assertThat(found.size()).isEqualTo(Integer.parseInt(cells.get(4)));
    near(found.first(), cells.get(5));
    near(found.last(), cells.get(6));
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingElseIsReadAsTheSameOfAnotherSplit(String file) throws IOException {
    Run run = Runs.read(FOLDER.resolve(file));
    List<String> expected =
        series().filter(l -> l.startsWith(file + "\t")).map(l -> l.split("\t")[2]).toList();
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      if (!expected.contains(split.id())) {
        assertThat(run.series().keySet()).noneMatch(k -> k.split() == split);
      }
    }
  }

  @Test
  void aThresholdIsNoResult() throws IOException {
    assertThat(Runs.read(FOLDER.resolve("coco.log")).series().keySet())
        .noneMatch(k -> k.quantity().equals("iou"));
  }

  @Test
  void aCostInSecondsIsNoLoss() throws IOException {
    assertThat(Runs.read(FOLDER.resolve("cost-of-time.log")).series().keySet())
        .noneMatch(k -> k.quantity().equals(Quantity.LOSS));
  }

  @Test
  void theTrainersArguments() throws IOException {
    Run run = Runs.read(FOLDER.resolve("training_args.bin"));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(5e-5);
    assertThat(run.config().value(Setting.BATCH_SIZE)).isEqualTo(8);
    assertThat(run.config().value(Setting.ACCUMULATION_STEPS)).isEqualTo(4);
    assertThat(run.config().value(Setting.EPOCHS)).isEqualTo(3);
    assertThat(run.config().has(Setting.MAX_STEPS)).isFalse();
  }

  @Test
  void ofRunsThatAreNumberedTheLastIsRead(@TempDir Path folder) throws IOException {
    for (int i : new int[] {0, 1, 10}) {
      Path run = Files.createDirectories(folder.resolve("lightning_logs/version_" + i));
      Runs.write(run, "metrics.csv", "epoch,train_loss\n0," + (i + 2) + "\n1,1.0\n");
    }
    Run run = Runs.read(folder);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().first())
        .isEqualTo(12);
    assertThat(run.conflicts()).isEmpty();
    assertThat(run.files())
        .filteredOn(f -> f.state() == FileNote.State.SKIPPED)
        .extracting(FileNote::file)
        .containsExactly("lightning_logs/version_0", "lightning_logs/version_1");
  }

  @Test
  void ofRunsSideBySideTheOneWrittenLastIsRead(@TempDir Path folder) throws IOException {
    for (String name : List.of("adam", "sgd")) {
      Path run = Files.createDirectories(folder.resolve(name));
      Runs.write(
          run, "log.csv", "epoch,loss\n0,2.5\n1," + (name.equals("adam") ? 0.5 : 1.5) + "\n");
    }
    FileTime earlier = FileTime.from(Instant.parse("2024-03-05T10:00:00Z"));
    Files.setLastModifiedTime(folder.resolve("sgd/log.csv"), earlier);
    Run run = Runs.read(folder);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().last())
        .isEqualTo(0.5);
    assertThat(run.conflicts()).isEmpty();
    assertThat(run.files())
        .filteredOn(f -> f.state() == FileNote.State.SKIPPED)
        .extracting(FileNote::file)
        .containsExactly("sgd");
  }

  @Test
  void aReferenceBesideARunIsNotAskedAbout(@TempDir Path folder) throws IOException {
    for (String name : List.of("reference", "current")) {
      Path run = Files.createDirectories(folder.resolve(name));
      Runs.write(run, "log.csv", "epoch,loss\n0,2.5\n1," + name.length() + "\n");
    }
    Run run = Runs.read(folder);
    assertThat(run.series(Quantity.LOSS, Split.TRAIN, Axis.EPOCH).orElseThrow().last())
        .isEqualTo("current".length());
  }

  @Test
  void partsOfOneRunAreReadTogether(@TempDir Path folder) throws IOException {
    for (String name : List.of("train", "val")) {
      Path run = Files.createDirectories(folder.resolve(name));
      Runs.write(run, "log.csv", "epoch,loss\n0,2.5\n1,0.5\n");
    }
    assertThat(Runs.read(folder).files())
        .extracting(FileNote::state)
        .containsExactly(FileNote.State.READ, FileNote.State.READ);
  }

  static Stream<String> files() throws IOException {
    return series().map(l -> l.substring(0, l.indexOf('\t'))).distinct();
  }

  private static void near(double found, String expected) {
    double value = Double.parseDouble(expected);
    if (Double.isNaN(value)) {
      assertThat(found).isNaN();
    } else {
      assertThat(found).isCloseTo(value, Offset.offset(Math.abs(value) * 1e-9));
    }
  }
}
