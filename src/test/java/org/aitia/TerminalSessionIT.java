package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aitia.report.Cells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session as it is on a terminal: the packaged program, driven through a pseudo-terminal. */
@Timeout(120)
final class TerminalSessionIT {
  private static final String DOWN = "\u001B[B";
  private static final String ENTER = "\r";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();

  @TempDir Path folder;

  private Program.Outcome onTerminal(String keys, String arguments) throws Exception {
    return onTerminal("xterm", keys, arguments);
  }

  private Program.Outcome onTerminal(String type, String keys, String arguments) throws Exception {
    return new Program(folder).ask(type, keys, arguments);
  }

  private JsonNode saved(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).toFile());
  }

  @Test
  void onATerminalTheSessionAsksAndTakesBack() throws Exception {
    Program.Outcome done = onTerminal("2\nwhy\nback\n?\nquit\n", "--lang en --plain");
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("Where does the run fall short first?")
        .contains("Learning rate too low")
        .contains("what-if");
  }

  @Test
  void arrowKeysChooseAndTheSessionIsKept() throws Exception {
    Path file = folder.resolve("arrows.json");
    Program.Outcome done =
        onTerminal(DOWN + DOWN + ENTER + "quit" + ENTER, "--lang en --save '" + file + "'");
    assertThat(done.code()).isZero();
    assertThat(saved("arrows.json").path("answers").path("what-do-you-see").asText())
        .isEqualTo("slow");
  }

  @Test
  void aTriedAnswerIsNotGivenAndAWithdrawnOneIsGone() throws Exception {
    Path file = folder.resolve("tried.json");
    Program.Outcome done =
        onTerminal(
            "what-if diverged\r1\rwhat-if labels-checked no\rchange labels-checked no\r"
                + "withdraw labels-checked\rquit\r",
            "--lang en --save '" + file + "'");
    assertThat(done.out()).contains("If so (nothing is answered yet)").contains("Label errors");
    assertThat(saved("tried.json").path("answers").size()).isEqualTo(1);
    assertThat(saved("tried.json").path("answers").path("what-do-you-see").asText())
        .isEqualTo("diverged");
  }

  @Test
  void whatTheFilesSayIsOverruledKeptAndResumed() throws Exception {
    Path file = folder.resolve("overruled.json");
    String run = EXAMPLES.resolve("disconnected-block--branch-never-joined") + "";
    onTerminal("overrule batch-size 2\rquit\r", "--lang en --save '" + file + "' '" + run + "'");
    JsonNode found = saved("overruled.json").path("found").path("batch-size");
    assertThat(found.path("value").asText()).isEqualTo("32");
    assertThat(found.path("overruled").asBoolean()).isTrue();
    Program.Outcome again = onTerminal("known\rquit\r", "--lang en --resume '" + file + "'");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("overruled: 2 samples");
  }

  @Test
  void aDumbTerminalIsAskedLineByLine() throws Exception {
    Program.Outcome done = onTerminal("dumb", "2\nquit\nquit\n", "--lang en");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Learning rate too low").doesNotContain("\u001B");
  }

  @Test
  void speaksChineseOnATerminal() throws Exception {
    Program.Outcome done = onTerminal("不知道\rquit\rquit\r", "--lang zh");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("这次训练最先在哪一步不达标？").contains("如何查明");
  }

  @Test
  void breakingOffEndsWithTheCodeOfInterrupts() throws Exception {
    assertThat(onTerminal("\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("dumb", "\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("\u0003", "--lang en --plain").code()).isEqualTo(130);
  }

  private String example(String name) {
    return "'" + EXAMPLES.resolve(name) + "'";
  }

  private Path copied(String name) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  @ParameterizedTest
  @CsvSource({
    "1, Learning rate too high",
    "2, Learning rate too low",
    "3, Model too small",
    "4, Too few training samples",
    "5, Distribution shift at test"
  })
  void whatIsSeenFirstPutsItsOwnSuspectsInFront(String answer, String suspect) throws Exception {
    Program.Outcome done = onTerminal(answer + "\rhow\rquit\rquit\r", "--lang en --plain");
    assertThat(done.code()).isZero();
    assertThat(after(done.out(), "Most likely now")).contains(suspect);
    assertThat(done.out()).contains("What does the model predict?");
  }

  @Test
  void whoDoesNotKnowWhatIsSeenIsAskedOn() throws Exception {
    Program.Outcome done = onTerminal("u\rquit\rquit\r", "--lang en --plain");
    assertThat(after(done.out(), "No cause stands out yet"))
        .contains("What does the model predict?");
  }

  private static String after(String text, String mark) {
    assertThat(text).contains(mark);
    return text.substring(text.indexOf(mark));
  }

  @Test
  void aRepairedRunSaysWhatIsFixedAndAnUnchangedOneWhatRemains() throws Exception {
    String before = "disconnected-block--branch-never-joined";
    Path file = folder.resolve("repair.json");
    String keys =
        "attach "
            + EXAMPLES.resolve(before)
            + "\rattach "
            + EXAMPLES.resolve("healthy--small-batches")
            + "\rrank\rquit\r";
    Program.Outcome done =
        onTerminal(keys, "--lang en --plain --save '" + file + "' " + example(before));
    assertThat(done.code()).isZero();
    String remains = after(done.out(), "Remaining");
    assertThat(remains).contains("Disconnected block");
    String fixed = after(remains, "The repair worked");
    assertThat(fixed).contains("Fixed").contains("✓ Disconnected block");
    assertThat(fixed).contains("Nothing wrong was found (Healthy)");
    assertThat(saved("repair.json").path("earlier")).hasSize(2);
    Program.Outcome again = onTerminal("quit\r", "--lang en --plain --resume '" + file + "'");
    assertThat(again.out()).contains("The repair worked");
  }

  @Test
  void theExportHoldsDiagnosisAnswersAndWhatWasNotChecked() throws Exception {
    Path file = folder.resolve("export.md");
    onTerminal(
        "change labels-checked no\rnote seen on Friday\rexport " + file + "\rquit\rquit\r",
        "--lang en " + example("disconnected-block--branch-never-joined"));
    assertThat(Files.readString(file))
        .startsWith("# Diagnosis of")
        .contains("Disconnected block")
        .contains("## Questions and answers")
        .contains("`labels-checked`")
        .contains("seen on Friday")
        .contains("## Checklist of")
        .contains("not checked");
  }

  @Test
  void anImplausibleNumberIsTakenWhenItIsEnteredAgain() throws Exception {
    Path file = folder.resolve("doubt.json");
    String line = "change learning-rate 5000\r";
    String options = "--lang en --plain --save '" + file + "'";
    Program.Outcome once = onTerminal(line + "quit\r", options);
    assertThat(once.out()).contains("5000").contains("again");
    assertThat(saved("doubt.json").path("answers").has("learning-rate")).isFalse();
    onTerminal(line + line + "quit\r", options);
    assertThat(saved("doubt.json").path("answers").path("learning-rate").asText())
        .isEqualTo("5000");
  }

  @Test
  void whatWasPutOffStaysOpen() throws Exception {
    Program.Outcome done = onTerminal("s\ranswers\rquit\rquit\r", "--lang en --plain");
    assertThat(after(done.out(), "What does the model predict?"))
        .contains("skip  Where does the run fall short first?")
        .contains("1 answer is not saved");
  }

  @Test
  void backTakesOneAnswerAfterTheOther() throws Exception {
    Path file = folder.resolve("back.json");
    onTerminal(
        "2\rchange labels-checked no\rback\rback\rback\rquit\r",
        "--lang en --plain --save '" + file + "'");
    assertThat(saved("back.json").path("answers")).isEmpty();
  }

  @Test
  void howNamesTheNumbersBehindAnyCause() throws Exception {
    Program.Outcome done =
        onTerminal(
            "how disconnected-block\rhow dead-relu\rquit\rquit\r",
            "--lang en --plain " + example("disconnected-block--branch-never-joined"));
    assertThat(after(done.out(), "disconnected-block  2.structure"))
        .contains("record.run.jsonl:model")
        .contains("Dead ReLU");
  }

  @Test
  void theEndIsSaidAndOneMayGoOn() throws Exception {
    Program.Outcome done =
        onTerminal(
            "u\rquit\rquit\r",
            "--lang en --plain " + example("disconnected-block--branch-never-joined"));
    String end = after(done.out(), "No open question could change what to do first");
    assertThat(end).contains("Repair: Disconnected block").contains("\u25b8");
  }

  @Test
  void aRunThatChangedOrIsGoneIsSaidWhenTheSessionGoesOn() throws Exception {
    Path run = copied("learning-rate-too-high--loss-nan");
    Path file = folder.resolve("resumed.json");
    String options = "--lang en --plain ";
    onTerminal("u\rquit\r", options + "--save '" + file + "' '" + run + "'");
    Path config = run.resolve("config.json");
    Files.writeString(
        config, Files.readString(config).replaceFirst("(\"batch_size\": *)\\d+", "$1 7"));
    Program.Outcome changed = onTerminal("quit\r", options + "--resume '" + file + "'");
    assertThat(changed.out()).contains("changed since").contains("batch-size");
    try (Stream<Path> files = Files.list(run)) {
      for (Path f : files.toList()) {
        Files.delete(f);
      }
    }
    Files.delete(run);
    Program.Outcome gone = onTerminal("quit\r", options + "--resume '" + file + "'");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.out()).contains(run.toString());
  }

  @Test
  void aSymptomReportIsAPathToo() throws Exception {
    String report = "learning-rate-too-low--report-slow-finetune/symptom-report.yaml";
    Program.Outcome done = onTerminal("quit\r", "--lang en --plain " + example(report));
    assertThat(after(done.out(), "Most likely now"))
        .contains("1   85 %")
        .contains("Learning rate too low");
  }

  @Test
  void aNarrowTerminalInChineseKeepsToItsWidth() throws Exception {
    Program.Outcome done =
        new Program(folder)
            .ask(
                "xterm",
                60,
                "why\rhow 1\ropen\rquit\rquit\r",
                "--lang zh --plain " + example("disconnected-block--branch-never-joined"));
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("节点连接错误", "600 个样本", "自上次精度正常以来，改动了什么？");
    assertThat(done.out().lines().filter(l -> !l.contains(EXAMPLES.toString())))
        .allSatisfy(l -> assertThat(Cells.width(l)).isLessThanOrEqualTo(60));
  }
}
