package org.aitia.evidence.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.evidence.Runs;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.ColumnKind;
import org.aitia.run.data.Table;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.data.WordColumn;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
  private final TableReader reader = new TableReader();

  @TempDir private Path folder;

  private FileNote note;

  private Table read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    RunBuilder builder = new RunBuilder("run");
    note = reader.read(new Input(file, name, (n, d, t) -> {}, Vocabulary.base()), builder);
    Run run = builder.build();
    return run.tables().iterator().next();
  }

  private boolean recognises(String name, String text) {
    return reader.recognises(new Head(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "train.csv,TRAIN",
    "my_validation.csv,VALIDATION",
    "x-val.csv,VALIDATION",
    "test_2.csv,TEST",
    "dev.tsv,VALIDATION"
  })
  void theNameTellsTheSplit(String name, Split split) {
    assertThat(TableReader.split(name)).contains(split);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest.csv", "trainer.csv", "evaluate-nothing.csv", "data.csv"})
  void namesThatOnlyContainASplitTellNone(String name) {
    assertThat(TableReader.split(name)).isEmpty();
  }

  @Test
  void recognisesRowsAndLeavesLogsAlone() {
    assertThat(recognises("train.csv", "a,b,target\n1,2,3\n")).isTrue();
    assertThat(recognises("train.csv", "\uFEFF\"a\";\"b\";\"Label\"\n1;2;x\n")).isTrue();
    assertThat(recognises("train.csv", "epoch,loss,target\n1,2,3\n")).isFalse();
    assertThat(recognises("train.csv", "a,b,c\n1,2,3\n")).isFalse();
    assertThat(recognises("train.csv", "a,b,target\u0000\n1,2,3\n")).isFalse();
    assertThat(recognises("train.csv", "")).isFalse();
    assertThat(recognises("train.json", "{\"a\",\"y\"}")).isFalse();
  }

  @Test
  void readsNumbersGapsAndInfinities() throws IOException {
    Table table = read("train.csv", "a,b,target\n1,NA,0.5\nnull,?,1.5\ninf, 2e3 ,nan\n");
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.rows()[0]).containsExactly(1f, Float.NaN);
    assertThat(table.rows()[1]).containsExactly(Float.NaN, Float.NaN);
    assertThat(table.rows()[2]).containsExactly(Float.POSITIVE_INFINITY, 2000f);
    assertThat(table.labels()).isEmpty();
    assertThat(table.target()).containsExactly(0.5, 1.5, Double.NaN);
    assertThat(note.state()).isEqualTo(FileNote.State.READ);
  }

  @Test
  void wordsAndFewIntegersAreLabels() throws IOException {
    assertThat(read("train.csv", "a,y\n1,cat\n2,dog\n3,cat\n").labels())
        .containsExactly("cat", "dog");
    Table integers = read("test.csv", "a,y\n1,7\n2,3\n3,7\n");
    assertThat(integers.labels()).containsExactly("7", "3");
    assertThat(integers.target()).containsExactly(0, 1, 0);
  }

  @Test
  void passesOverRaggedRowsAndSaysSo() throws IOException {
    Table table = read("val.csv", "a,b,y\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n");
    assertThat(table.rows()).hasNumberOfRows(2);
    assertThat(note.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(note.message())
        .contains("2 rows with another number of fields")
        .contains("line 3: 2 instead of 3");
  }

  @Test
  void keepsRowsEvenlyAndInOrderWhenTheyAreTooMany() throws IOException {
    int rows = TableBuilder.MAX_ROWS * 3;
    String text =
        "a,y\n"
            + IntStream.range(0, rows)
                .mapToObj(i -> 2 * i + "," + i / 2.0)
                .collect(Collectors.joining("\n"));
    Table table = read("train.csv", text);
    assertThat(table.total()).isEqualTo(rows);
    assertThat(table.rows().length).isBetween(TableBuilder.MAX_ROWS / 2, TableBuilder.MAX_ROWS);
    assertThat(table.rows()[0][0]).isZero();
    assertThat(table.rows()[1][0]).isEqualTo(8f);
    assertThat(table.rows()[table.rows().length - 1][0]).isGreaterThan(2 * rows - 9f);
    assertThat(table.census().columns().get(0).moments().mean())
        .as("over all rows")
        .isCloseTo(rows - 1, offset(1e-6));
  }

  @Test
  void keepsColumnsEvenlyWhenTheyAreTooMany() throws IOException {
    int columns = TableLayout.MAX_COLUMNS * 2;
    String header =
        IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String row = IntStream.range(0, columns).mapToObj(i -> "" + i).collect(Collectors.joining(","));
    Table table = read("train.csv", header + ",y\n" + row + ",1\n" + row + ",2\n");
    assertThat(table.columns()).hasSize(TableLayout.MAX_COLUMNS);
    assertThat(table.rows()[0][1]).isEqualTo(2f);
  }

  @Test
  void anEmptyTableIsAnError() {
    assertThatThrownBy(() -> read("train.csv", "a,b,y\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no row");
  }

  @Test
  void whatStandsBeforeABrokenCellCounts() throws IOException {
    String endless = "x".repeat(5 << 20);
    Table table = read("train.csv", "a,y\n1,2\n3,4\n\"" + endless);
    assertThat(table.rows()).hasNumberOfRows(2);
    assertThat(note.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(note.message()).contains("after line 3");
  }

  private static String rows(int count, java.util.function.IntFunction<String> row) {
    return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
  }

  @Test
  void wordsTimesAndKeysAreNoNumbersAndNoGaps() throws IOException {
    String text =
        "id,colour,when,on,size,free text,y\n"
            + rows(
                40,
                i ->
                    (i + 7)
                        + (i % 2 == 0 ? ",red," : ",\"deep, blue\",")
                        + "2024-01-"
                        + (i % 28 + 1)
                        + (i % 3 == 0 ? ",true," : ",false,")
                        + i * 0.5
                        + ",remark "
                        + i
                        + ","
                        + i % 2);
    Table table = read("train.csv", text);
    assertThat(table.columns()).containsExactly("on", "size");
    assertThat(table.rows()[0]).containsExactly(1f, 0f);
    assertThat(table.words().stream().map(WordColumn::kind))
        .containsExactly(
            ColumnKind.IDENTIFIER, ColumnKind.CATEGORY, ColumnKind.TIME, ColumnKind.IDENTIFIER);
    assertThat(table.words().get(1).levels()).containsExactly("red", "deep, blue");
    assertThat(table.words().get(1).codes()).startsWith(0, 1, 0, 1);
    assertThat(table.census().columns()).allMatch(c -> c.missingFraction() == 0);
  }

  @Test
  void aKeyDoesNotHideThatRowsRepeat() throws IOException {
    Table once =
        read("train.csv", "id,a,b,y\n" + rows(30, i -> i + "," + i * 0.3 + "," + i * i + ",1"));
    Table again =
        read("val.csv", "id,a,b,y\n" + rows(30, i -> i + 900 + "," + i * 0.3 + "," + i * i + ",1"));
    assertThat(again.census().sketch().shareIn(once.census().sketch())).isEqualTo(1);
  }

  @Test
  void semicolonsWithDecimalCommasAreNumbers() throws IOException {
    Table table = read("train.csv", "\uFEFFa;b;y\n1,5;2;3,25\n-0,5;1;1,75\n");
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.rows()[0]).containsExactly(1.5f, 2f);
    assertThat(table.target()).containsExactly(3.25, 1.75);
    assertThat(note.message()).contains("decimal commas");
  }

  @Test
  void aFileWithoutAHeaderHasItsTargetLast() throws IOException {
    String text = "0.1\t2\tcat\n0.7\t3\tdog\n0.2\t4\tcat\n";
    assertThat(recognises("train.tsv", text)).isTrue();
    assertThat(recognises("train.csv", "0,2.3,0.1\n1,2.2,0.2\n2,2.1,0.3\n")).as("a log").isFalse();
    Table table = read("train.tsv", text);
    assertThat(table.rows()).hasNumberOfRows(3);
    assertThat(table.labels()).containsExactly("cat", "dog");
    assertThat(note.message()).contains("no header");
  }

  @Test
  void ofSeveralTargetsNoneIsAnInput() throws IOException {
    Table table = read("train.csv", "a,y_0,y_1\n1,0.5,7.5\n2,1.5,8.5\n");
    assertThat(table.columns()).containsExactly("a");
    assertThat(table.target()).containsExactly(0.5, 1.5);
  }

  @Test
  void partsOfASplitAreOneTable() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.writeString(folder.resolve("train/part-0.csv"), "a,y\n1,0\n2,1\n");
    Files.writeString(folder.resolve("train/part-1.csv"), "a,y\n3,0\n");
    Files.writeString(folder.resolve("train/other.csv"), "a,y\n9,0\n");
    Files.writeString(folder.resolve("val_0.csv"), "a,y\n4,1\n");
    Files.writeString(folder.resolve("val_1.csv"), "b,y\n5,1\n");
    Run run = Runs.read(folder);
    assertThat(run.table(Split.TRAIN).orElseThrow().total()).isEqualTo(1);
    assertThat(run.table(Split.VALIDATION).orElseThrow().total()).isEqualTo(1);
    assertThat(run.files().stream().filter(f -> f.state() == FileNote.State.FAILED))
        .hasSize(3)
        .allMatch(f -> f.message().contains("no part of the same table"));
    Files.delete(folder.resolve("train/other.csv"));
    assertThat(Runs.read(folder).table(Split.TRAIN).orElseThrow().total()).isEqualTo(3);
  }

  @Test
  void twentyThousandColumnsAreReadEvenly() throws IOException {
    int width = 20_000;
    String header =
        IntStream.range(0, width).mapToObj(i -> "f" + i).collect(Collectors.joining(","));
    String row = IntStream.range(0, width).mapToObj(i -> i + ".5").collect(Collectors.joining(","));
    Files.writeString(folder.resolve("train.csv"), header + ",y\n" + (row + ",1\n").repeat(12));
    Run run = Runs.read(folder);
    assertThat(run.table(Split.TRAIN).orElseThrow().columns()).hasSize(1_000);
    assertThat(run.table(Split.TRAIN).orElseThrow().rows()[3][1]).isEqualTo(20.5f);
  }

  @Test
  void cellsThatAreNoNumbersAreCountedWithTheirPlace() throws IOException {
    String text = "a,y\n" + rows(1_500, i -> (i == 1_400 ? "oops" : i * 0.5) + "," + i * 0.25);
    Table table = read("train.csv", text);
    assertThat(table.total()).isEqualTo(1_500);
    assertThat(note.message()).contains("1 cells among numbers").contains("line 1402, column a");
  }

  @Test
  void zeroBytesAndEndlessLinesEndInAMessage() throws IOException {
    Table table = read("train.csv", "a,y\n" + rows(20, i -> (i == 3 ? "\u0000" : i * 0.5) + ",1"));
    assertThat(table.rows()[3][0]).isNaN();
    Files.writeString(folder.resolve("val.csv"), "a,y\n1,2\n" + "9".repeat(5 << 20) + ",1\n");
    FileNote found = Runs.only(Runs.read(folder.resolve("val.csv")));
    assertThat(found.state()).isEqualTo(FileNote.State.PARTIAL);
    assertThat(found.message()).contains("after line 2");
  }

  private Table read(Split split) throws IOException {
    return Runs.read(folder).table(split).orElseThrow();
  }

  private String message(String file) throws IOException {
    return Runs.read(folder).files().stream()
        .filter(f -> f.file().endsWith(file))
        .map(FileNote::message)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theColumnThatATestSetLacksIsTheTargetWhateverItsName() throws IOException {
    Runs.write(folder, "train.csv", "id,\"Sold, for\",a,b\n1,7.5,2,3\n2,8.25,4,5\n");
    Runs.write(folder, "test.csv", "id,a,b\n3,6,7\n4,8,9\n5,1,1\n");
    Table train = read(Split.TRAIN);
    assertThat(train.columns()).containsExactly("a", "b");
    assertThat(train.target()).containsExactly(7.5, 8.25);
    Table test = read(Split.TEST);
    assertThat(test.columns()).containsExactly("a", "b");
    assertThat(test.target()).containsOnly(Double.NaN).hasSize(3);
    assertThat(test.census().targets()).isZero();
    assertThat(message("train.csv")).contains("'Sold, for' is taken as the target");
    assertThat(message("test.csv")).contains("none of them is known as a target");
  }

  @Test
  void rowsWithoutTargetAreReadWhereAnotherSplitNamesIt() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("test"));
    Runs.write(folder, "train/a.csv", "a,b,label\n1,2,x\n3,4,y\n");
    Runs.write(folder, "test/a.csv", "a,b\n5,6\n");
    assertThat(read(Split.TRAIN).labels()).containsExactly("x", "y");
    assertThat(read(Split.TEST).rows()[0]).containsExactly(5f, 6f);
  }

  @Test
  void equalColumnsWithoutANameForTheTargetAreInputsAllTheSame() throws IOException {
    Runs.write(folder, "train.csv", "a,price\n1,2\n3,4\n");
    Runs.write(folder, "val.csv", "a,price\n5,6\n");
    assertThat(read(Split.VALIDATION).columns()).containsExactly("a", "price");
    Runs.write(folder, "train.csv", "loss,accuracy\n1,0.2\n3,0.4\n");
    Runs.write(folder, "val.csv", "loss,accuracy\n5,0.6\n");
    assertThat(Runs.read(folder).tables()).as("logs without an axis").isEmpty();
  }

  @Test
  void aTableOfOtherColumnsBesideTellsNothing() throws IOException {
    Runs.write(folder, "train.csv", "a,b,c\n1,2,3\n");
    Runs.write(folder, "test.csv", "d,e\n5,6\n");
    assertThat(Runs.read(folder).tables()).isEmpty();
  }

  @Test
  void labelsInAFileOfTheirOwnBelongToTheRowsOfTheInputs() throws IOException {
    Runs.write(folder, "x_train.csv", ",a,b\n0,1,2\n1,3,4\n2,5\n3,7,8\n");
    Runs.write(folder, "y_train.csv", ",0\n0,cat\n1,dog\n2,bird\n3,cat\n");
    Table train = read(Split.TRAIN);
    assertThat(train.rows()).as("a row is cut").hasNumberOfRows(3);
    assertThat(train.labels()).containsExactly("cat", "dog");
    assertThat(train.target()).containsExactly(0, 1, 0);
    assertThat(message("y_train.csv")).isEqualTo("read with x_train.csv");
    assertThat(message("x_train.csv")).contains("its labels are those of y_train.csv");
  }

  @Test
  void inputsAndLabelsWithoutHeadersAreJoinedToo() throws IOException {
    Runs.write(folder, "test_features.csv", "1,2,3\n4,5,6\n7,8,9\n");
    Runs.write(folder, "test_labels.csv", "1\n0\n1\n");
    Table test = read(Split.TEST);
    assertThat(test.columns()).hasSize(3);
    assertThat(test.labels()).containsExactly("1", "0");
    assertThat(test.target()).containsExactly(0, 1, 0);
  }

  @Test
  void labelsOfOtherRowsAreRefused() throws IOException {
    Runs.write(folder, "x_train.csv", "a,b\n1,2\n3,4\n5,6\n");
    Runs.write(folder, "y_train.csv", "target\n1\n");
    assertThat(message("x_train.csv"))
        .contains("has 3 rows and its labels in y_train.csv are 2: they do not belong together");
    Runs.write(folder, "y_train.csv", "p,q,r\n1,2,3\n1,2,3\n1,2,3\n");
    assertThat(message("x_train.csv")).contains("have 3 columns and none is named");
  }
}
