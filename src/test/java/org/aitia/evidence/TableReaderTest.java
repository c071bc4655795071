package org.aitia.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.Split;
import org.aitia.run.Table;
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
    note = reader.read(new Input(file, name, (n, d, t) -> {}), builder);
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
    assertThat(note.message()).contains("2 rows with another number of fields");
  }

  @Test
  void keepsRowsEvenlyAndInOrderWhenTheyAreTooMany() throws IOException {
    int rows = TableReader.MAX_ROWS * 3;
    String text =
        "a,y\n"
            + IntStream.range(0, rows)
                .mapToObj(i -> i + "," + i / 2.0)
                .collect(Collectors.joining("\n"));
    Table table = read("train.csv", text);
    assertThat(table.total()).isEqualTo(rows);
    assertThat(table.rows().length).isBetween(TableReader.MAX_ROWS / 2, TableReader.MAX_ROWS);
    assertThat(table.rows()[0][0]).isZero();
    assertThat(table.rows()[1][0]).isEqualTo(4f);
    assertThat(table.rows()[table.rows().length - 1][0]).isGreaterThan(rows - 5f);
  }

  @Test
  void keepsColumnsEvenlyWhenTheyAreTooMany() throws IOException {
    int columns = TableReader.MAX_COLUMNS * 2;
    String header =
        IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String row = IntStream.range(0, columns).mapToObj(i -> "" + i).collect(Collectors.joining(","));
    Table table = read("train.csv", header + ",y\n" + row + ",1\n" + row + ",2\n");
    assertThat(table.columns()).hasSize(TableReader.MAX_COLUMNS);
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
    assertThat(note.message()).contains("after row 2");
  }
}
