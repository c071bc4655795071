package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.Program.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The session on a real terminal, as a user has it. */
@Timeout(120)
final class TerminalSessionIT {
  private static final String DOWN = "\u001B[B";
  private static final String ENTER = "\r";
  private static final String FIRST = "Where does the run fall short first?";

  @TempDir Path folder;

  private Outcome onTerminal(String keys, String arguments) throws Exception {
    return onTerminal("xterm", keys, arguments);
  }

  private Outcome onTerminal(String type, String keys, String arguments) throws Exception {
    return new Program(folder).ask(type, 80, keys, arguments);
  }

  /** A session line by line in English: what is typed is echoed once and nothing is redrawn. */
  private Outcome plain(String arguments, String... lines) throws Exception {
    return onTerminal(
        String.join("\n", lines) + "\nquit\nquit\n", "--lang en --plain " + arguments);
  }

  /** A session that is kept, and what was kept. */
  private JsonNode kept(String arguments, String... lines) throws Exception {
    Outcome done = plain("--save '" + folder.resolve("kept.json") + "' " + arguments, lines);
    assertThat(done.code()).isZero();
    return saved("kept.json");
  }

  private JsonNode saved(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static String example(String name) {
    return Program.LAUNCHER.resolveSibling("examples/" + name).toString();
  }

  private Path copy(String example) throws IOException {
    Path from = Path.of(example(example));
    Path to = Files.createDirectories(folder.resolve(example));
    try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static long times(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1L;
  }

  @Test
  void onATerminalTheSessionAsksAndTakesBack() throws Exception {
    Outcome done = onTerminal("2\nwhy\nback\n?\nquit\n", "--lang en --plain");
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .contains("Where does the run fall short first?")
        .contains("Learning rate too low")
        .contains("what-if");
  }

  @Test
  void arrowKeysChooseAndTheSessionIsKept() throws Exception {
    Path file = folder.resolve("arrows.json");
    Outcome done =
        onTerminal(DOWN + DOWN + ENTER + "quit" + ENTER, "--lang en --save '" + file + "'");
    assertThat(done.code()).isZero();
    assertThat(saved("arrows.json").path("answers").path("what-do-you-see").asText())
        .isEqualTo("slow");
  }

  @Test
  void aTriedAnswerIsNotGivenAndAWithdrawnOneIsGone() throws Exception {
    Path file = folder.resolve("tried.json");
    Outcome done =
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
    String run = example("disconnected-block--branch-never-joined");
    onTerminal("overrule batch-size 2\rquit\r", "--lang en --save '" + file + "' '" + run + "'");
    JsonNode found = saved("overruled.json").path("found").path("batch-size");
    assertThat(found.path("value").asText()).isEqualTo("32");
    assertThat(found.path("overruled").asBoolean()).isTrue();
    Outcome again = onTerminal("known\rquit\r", "--lang en --resume '" + file + "'");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("overruled: 2 samples");
  }

  @Test
  void aDumbTerminalIsAskedLineByLine() throws Exception {
    Outcome done = onTerminal("dumb", "2\nquit\nquit\n", "--lang en");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("Learning rate too low").doesNotContain("\u001B");
  }

  @Test
  void speaksChineseOnATerminal() throws Exception {
    Outcome done = onTerminal("不知道\rquit\rquit\r", "--lang zh");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("这次训练最先在哪一步不达标？").contains("如何查明");
  }

  @Test
  void breakingOffEndsWithTheCodeOfInterrupts() throws Exception {
    assertThat(onTerminal("\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("dumb", "\u0003", "--lang en").code()).isEqualTo(130);
    assertThat(onTerminal("\u0003", "--lang en --plain").code()).isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({
    "1, Learning rate too high, How does your learning rate compare",
    "2, Learning rate too low, How does your learning rate compare",
    "3, Model too small, has the narrowest hidden layer",
    "4, Insufficient regularization, does the smallest class have",
    "5, Distribution shift at test, 50 test samples look like",
    "u, No cause stands out, Walk through the code aloud"
  })
  void whatIsSeenLeadsToAFittingQuestion(String seen, String suspect, String next)
      throws Exception {
    // The four facts between are put off.
    Outcome done = plain("", seen, "s", "s", "s", "s");
    assertThat(done.out()).contains("1  The loss is NaN", FIRST).contains(suspect);
    assertThat(asked(done).get(5)).contains(next);
  }

  /** The questions as they were asked. */
  private static List<String> asked(Outcome done) {
    return done.out().lines().filter(l -> l.startsWith("▸ ")).toList();
  }

  @Test
  void theRunAfterARepairIsHeldAgainstTheOneBeforeAndTheSessionGoesOn() throws Exception {
    String before = example("two-causes--layers-outside-the-optimizer-and-shifted-test");
    String after = example("test-distribution-shift--another-sensor");
    Path file = folder.resolve("kept.json");
    Outcome done =
        plain(
            "--save '" + file + "' '" + before + "'",
            "next",
            "1",
            "attach /nowhere",
            "attach '" + after + "'",
            "change labels-checked no");
    assertThat(done.out())
        .contains("there is no such file or folder")
        .containsPattern("Fixed\\R +✓ Parameters not in the optimizer +>99 % → <1 %")
        .containsPattern("Remaining\\R +✗ Distribution shift at test +96 % → >99 %")
        .containsPattern("New\\R +! Poor test data quality +2 % → \\d\\d %\\R +! test is ");
    JsonNode kept = saved("kept.json");
    assertThat(kept.path("source").asText()).isEqualTo(after);
    assertThat(kept.path("earlier").path(0).path("source").asText()).isEqualTo(before);
    assertThat(kept.path("answers")).isNotEmpty();
    Outcome again = plain("--resume '" + file + "'");
    assertThat(again.out()).contains("Fixed").contains("Parameters not in the optimizer");
  }

  @Test
  void theExportHoldsDiagnosisAnswersAndChecksAsTheyStand() throws Exception {
    Path early = folder.resolve("early.md");
    Path late = folder.resolve("late.md");
    plain(
        "",
        "2",
        "export " + early,
        "change labels-checked no",
        "note the seed was 7",
        "export " + late);
    assertThat(Files.readString(early))
        .contains("**Faulty** · Most likely cause: Learning rate too low (30 %).")
        .contains("- " + FIRST + " **The loss oscillates, creeps or stays where it started**")
        .doesNotContain("the seed was 7", "(`labels-checked`)");
    assertThat(Files.readString(late))
        .contains("Label errors")
        .containsPattern("labels by eye.* \\*\\*no\\*\\* \\(`labels-checked`\\)")
        .contains("- the seed was 7")
        .contains("problem found", "not checked");
  }

  @Test
  void anImplausibleNumberIsTakenWhenItIsEnteredAgain() throws Exception {
    Outcome once = plain("", "change batch-size 9999999", "answers");
    assertThat(once.out())
        .contains("9999999 is far from the plausible 1 to 1e6")
        .contains("No answers yet.");
    JsonNode twice = kept("", "change batch-size 9999999", "change  batch-size 9999999");
    assertThat(twice.path("answers").path("batch-size").asText()).isEqualTo("9999999");
    JsonNode tried = kept("", "what-if batch-size 9999999", "what-if batch-size 9999999");
    assertThat(tried.path("answers")).isEmpty();
  }

  @Test
  void whatWasSkippedIsAskedAgainAtTheEndAndTheUserMayGoOn() throws Exception {
    String[] lines = new String[180];
    java.util.Arrays.fill(lines, "u");
    lines[0] = "s";
    lines[lines.length - 2] = "how class-imbalance";
    lines[lines.length - 1] = "back";
    Outcome done = plain("", lines);
    List<String> asked = asked(done);
    assertThat(asked.get(0)).contains(FIRST);
    // Asked last, and once more after its answer was taken back.
    assertThat(asked.subList(1, asked.size() - 2)).noneMatch(q -> q.contains(FIRST));
    assertThat(asked.subList(asked.size() - 2, asked.size())).allMatch(q -> q.contains(FIRST));
    assertThat(done.out())
        .contains("There is nothing left worth asking.", "You may still look around")
        .contains("before any evidence: 3.0 %");
  }

  @Test
  void itIsSaidWhenNoQuestionCouldChangeTheFirstActionAndTheUserMayGoOn() throws Exception {
    Path file = folder.resolve("kept.json");
    Outcome done =
        plain(
            "--save '" + file + "' '" + example("healthy--small-batches") + "'", "next", "1", "1");
    assertThat(times(done.out(), "Enough asked: no open question could change what to do first"))
        .isEqualTo(1);
    assertThat(saved("kept.json").path("answers")).hasSize(2);
  }

  @Test
  void aResumedSessionSaysWhatChangedInTheFilesOrThatTheyAreGone() throws Exception {
    Path run = copy("learning-rate-too-high--loss-nan");
    Path file = folder.resolve("kept.json");
    plain("--save '" + file + "' '" + run + "'", "1");
    Outcome same = plain("--resume '" + file + "'");
    assertThat(same.out()).contains("Resumed; answers so far: 1.").doesNotContain("has changed");
    Path config = run.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceAll("(\"batch_size\": *)32", "$116"));
    assertThat(Files.readString(config)).isNotEqualTo(text);
    Outcome changed = plain("--resume '" + file + "'");
    assertThat(changed.out())
        .contains("has changed since the session was saved")
        .contains("batch-size was 32, is 16");
    Path moved = Files.move(run, folder.resolve("moved"));
    Outcome gone = plain("--resume '" + file + "'");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.out()).contains("is not there any more; name the run");
    assertThat(plain("'" + moved + "' --resume '" + file + "'").code()).isZero();
  }

  @Test
  void aSymptomReportIsAskedAboutNoMoreThanItLeavesOpen() throws Exception {
    String report =
        example("insufficient-regularization--report-train-validation-gap/symptom-report.yaml");
    Outcome done = plain("'" + report + "'", "s", "s");
    assertThat(done.out())
        .containsPattern("learning-rate +0.001 +symptom-report.yaml:optimizer.learning_rate")
        .containsPattern("1 +8\\d % .*Insufficient regularization");
    assertThat(asked(done)).hasSize(3).noneMatch(q -> q.contains("What does the model predict?"));
  }

  @Test
  void aReportThatLeavesNothingOpenIsNotAskedAbout() throws Exception {
    String report = example("learning-rate-too-low--report-slow-finetune/symptom-report.yaml");
    Outcome done = plain("'" + report + "'");
    assertThat(done.out())
        .containsPattern("1 +9\\d % .*Learning rate too low")
        .contains("Enough asked");
    assertThat(asked(done)).isEmpty();
  }

  @Test
  void aCauseIsAccountedForAndAnAnswerIsChanged() throws Exception {
    Outcome done =
        plain(
            "",
            "2",
            "how learning-rate-too-low",
            "change what-do-you-see diverged",
            "how 1",
            "how nought");
    assertThat(done.out())
        .containsPattern("− +3.5 +before any evidence: 3.0 %")
        .containsPattern("\\+ +2.4 +Where does the run fall short first\\? - The loss oscillates")
        .containsPattern("\\+ +0.2 +something is wrong with this run")
        .containsPattern("= -0.9 +log-odds, that is 30 %")
        .contains("Learning rate too high  learning-rate-too-high", "? - The loss is NaN")
        .contains("no cause is called \"nought\"");
  }

  @Test
  void backTakesOneAnswerEach() throws Exception {
    assertThat(kept("", "2", "1", "back").path("answers").fieldNames())
        .toIterable()
        .containsExactly("what-do-you-see");
    assertThat(kept("", "2", "1", "back", "back").path("answers")).isEmpty();
    assertThat(plain("", "2", "back", "back").out()).contains("there is no answer to take back");
  }

  @Test
  void theFirstRunOfASessionFromNothingKeepsAllAnswers() throws Exception {
    JsonNode kept =
        kept(
            "",
            "2",
            "u",
            "change labels-checked no",
            "attach " + example("healthy--small-batches"));
    // What the user did not know the files tell.
    assertThat(kept.path("answers").fieldNames())
        .toIterable()
        .containsExactly("what-do-you-see", "labels-checked");
  }

  @ParameterizedTest
  @CsvSource({"en, 60", "zh, 60", "zh, 40"})
  void noLineIsWiderThanTheTerminal(String language, int columns) throws Exception {
    String keys = "2\n?\nwhy\nhow 1\nopen\nanswers\nattach /no\nquit\nquit\n";
    Outcome done = new Program(folder).ask("dumb", columns, keys, "--lang " + language);
    assertThat(done.code()).isZero();
    assertThat(done.out().lines())
        .allSatisfy(
            l ->
                assertThat(org.aitia.report.Cells.width(l.replaceFirst("^> ", "")))
                    .as(l)
                    .isLessThanOrEqualTo(columns));
  }
}
