package org.aitia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.cli.output.Surroundings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {
  private static final Surroundings PIPE =
      new Surroundings(Map.of("LANG", "en_US.UTF-8"), false, false, false, 100);

  @TempDir private Path folder;
  private String broken;
  private String out;
  private String err;

  @BeforeEach
  void runs() throws IOException {
    broken = folder.resolve("broken").toString();
    record("broken", "\"NaN\"");
    record("sweep/a", "0.5");
    record("sweep/deep/b", "0.4");
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("noise.bin"), "\u0001\u0002");
  }

  private void record(String name, String loss) throws IOException {
    StringBuilder text = new StringBuilder("{\"type\":\"run\",\"schema\":\"run-record/1\"}\n");
    text.append("{\"type\":\"config\",\"optimizer\":{\"name\":\"SGD\",\"learning_rate\":0.1}}\n");
    for (int i = 0; i < 50; i++) {
      text.append("{\"type\":\"step\",\"step\":").append(i).append(",\"loss\":");
      text.append(i < 25 ? "1.5" : loss).append("}\n");
    }
    Path file = folder.resolve(name).resolve("x.run.jsonl");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int run(Surroundings surroundings, String... args) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    CommandLine line = Main.commandLine(surroundings);
    line.setOut(new PrintWriter(stdout));
    line.setErr(new PrintWriter(stderr));
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    out = stdout.toString();
    err = stderr.toString();
    return code;
  }

  private int run(String... args) {
    return run(PIPE, args);
  }

  @Test
  void plainTextWithoutATerminal() {
    assertThat(run("diagnose", broken)).isZero();
    assertThat(out).startsWith(broken + "\n").contains("● Faulty").doesNotContain("\u001b");
    assertThat(err).isEmpty();
  }

  @Test
  void colourOnATerminalUnlessNotWanted() {
    Surroundings terminal = new Surroundings(Map.of("LANG", "C"), false, true, false, 100);
    run(terminal, "diagnose", broken);
    assertThat(out).contains("\u001b[");
    run(terminal, "diagnose", broken, "--color", "never");
    assertThat(out).doesNotContain("\u001b[");
    run(new Surroundings(Map.of("NO_COLOR", "1"), false, true, false, 100), "diagnose", broken);
    assertThat(out).doesNotContain("\u001b[");
    run("diagnose", broken, "--color", "always");
    assertThat(out).contains("\u001b[");
  }

  @Test
  void theLocaleTellsTheLanguage() {
    run(
        new Surroundings(Map.of("LC_ALL", "zh_CN.UTF-8"), false, false, false, 80),
        "diagnose",
        broken);
    assertThat(out).contains("● 有问题");
    run("diagnose", broken, "--lang", "zh");
    assertThat(out).contains("● 有问题");
    assertThat(run("diagnose", broken, "--lang", "tlh")).isEqualTo(2);
  }

  @Test
  void eachPathGetsItsLineInOrder() throws IOException {
    String missing = folder.resolve("missing").toString();
    int code = run("diagnose", "--format", "jsonl", missing, broken, folder + "/sweep/a/");
    assertThat(code).isEqualTo(3);
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(3);
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(lines.get(0)).path("source").asText()).isEqualTo(missing);
    assertThat(mapper.readTree(lines.get(1)).path("verdict").asText()).isEqualTo("faulty");
    assertThat(mapper.readTree(lines.get(2)).path("source").asText())
        .isEqualTo(folder + "/sweep/a/");
    assertThat(err).contains(missing).contains("check the path");
  }

  @Test
  void severalRunsAsJsonAreOneArray() throws IOException {
    run("diagnose", "--format", "json", broken, broken);
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.isArray()).isTrue();
    assertThat(json).hasSize(2);
  }

  @Test
  void nothingReadableNamesWhatWasFound() {
    assertThat(run("diagnose", folder.resolve("empty").toString())).isEqualTo(3);
    assertThat(err).contains("empty").contains("holds no files");
    assertThat(run("diagnose", folder.resolve("noise.bin").toString())).isEqualTo(3);
    assertThat(err).contains("noise.bin").contains("aitia list formats");
    assertThat(out).isEmpty();
  }

  @Test
  void failsOnTheVerdictAskedFor() {
    assertThat(run("diagnose", broken, "--fail-on", "faulty")).isEqualTo(1);
    assertThat(run("diagnose", broken, "--fail-on", "undecided")).isEqualTo(1);
    assertThat(run("diagnose", broken, "--fail-on", "never")).isZero();
  }

  /** A rule of one's own that fails on what was measured, but not where it is rehearsed. */
  @Test
  void aPartThatFailedIsToldBesideTheAnswer() throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("ours.drl"),
        """
        package org.aitia.rules.steps;

        import org.aitia.reasoning.fact.Symptom;

        global org.aitia.reasoning.inference.Conclusion conclusion;

        rule "ours: fails"
          @for(api-misuse: decisive)
        when
          $s : Symptom(id == "loss-not-finite", observation != null)
        then
          Integer.parseInt($s.getClass().getName());
          insertLogical(conclusion.claims());
        end
        """);
    assertThat(run("diagnose", broken, "--rules", rules.toString())).isEqualTo(70);
    assertThat(out).startsWith(broken + "\n").contains("● Faulty").contains("ours: fails");
    run("diagnose", broken, "--rules", rules.toString(), "--format", "jsonl");
    JsonNode answer = new ObjectMapper().readTree(out);
    assertThat(answer.path("verdict").asText()).isEqualTo("faulty");
    assertThat(answer.path("failed").get(0).path("part").asText()).isEqualTo("rule:ours: fails");
  }

  @Test
  void eachFindsTheRunsBelow() {
    assertThat(run("diagnose", "--each", folder + "/sweep", "--format", "jsonl")).isZero();
    assertThat(out.lines()).hasSize(2);
    assertThat(out).contains("/sweep/a\"", "/sweep/deep/b\"");
    assertThat(run("diagnose", "--each", folder + "/empty")).isEqualTo(3);
    assertThat(err).contains("--each");
  }

  @Test
  void wrongUsageIsSaidInOneLineWithWhatWasMeant() {
    assertThat(run("diagnose", "--formt", "json", broken)).isEqualTo(2);
    assertThat(err).contains("--formt").contains("--format").contains("--help");
    assertThat(run("diagnose")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(run("explain", "lerning-rate-too-high")).isEqualTo(2);
    assertThat(err).contains("did you mean learning-rate-too-high");
    assertThat(run("list", "nothing")).isEqualTo(2);
    assertThat(run("diagnose", broken, "--set", "learnin_rate=1")).isEqualTo(2);
    assertThat(err).contains("did you mean learning-rate");
    assertThat(run("diagnose", broken, "--report", folder + "/no.json")).isEqualTo(2);
    assertThat(err).doesNotContain("\tat ");
  }

  @Test
  void heldAgainstOtherRuns() throws IOException {
    String good = folder + "/sweep/a";
    assertThat(run("diagnose", broken, "--reference", good, "--previous", broken)).isZero();
    assertThat(out)
        .contains("Against the reference " + good, "Since the previous run " + broken, "Remaining");
    run("diagnose", broken, "--reference", good, "--format", "json", "--lang", "zh");
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.at("/reference/source").asText()).isEqualTo(good);
    assertThat(json.at("/reference/state").asText()).isEqualTo("short-of-reference");
    assertThat(json.has("previous")).isFalse();
    run("diagnose", broken, "--format", "html", "--reference", good);
    assertThat(out).contains("id=\"reference\"");
    assertThat(run("checklist", broken, "--reference", good)).isZero();
    assertThat(run("diagnose", broken, "--reference", folder + "/no")).isEqualTo(2);
    assertThat(err).contains("--reference").contains("no such file");
    assertThat(run("diagnose", broken, "--previous", folder + "/noise.bin")).isEqualTo(2);
    assertThat(run("diagnose", broken, broken, "--previous", good)).isEqualTo(2);
    assertThat(err).contains("one run");
  }

  @Test
  void statedSettingsWinOverFiles() {
    run("diagnose", broken, "--set", "lr=7", "--format", "jsonl");
    assertThat(out).contains("\"file\":\"--set\"");
    assertThat(err).isEmpty();
  }

  @Test
  void markdownInAFileHasItsCurvesBesideIt() throws IOException {
    Path report = folder.resolve("report.md");
    assertThat(run("diagnose", broken, "--output", report.toString())).isZero();
    assertThat(out).isEmpty();
    assertThat(Files.readString(report)).contains("(report.assets/loss-step.svg)");
    assertThat(folder.resolve("report.assets/loss-step.svg")).exists();
    assertThat(run("diagnose", broken, "--output", folder + "/no/report.md")).isEqualTo(74);
  }

  @Test
  void verboseNamesFilesAndObservations() {
    run("diagnose", broken, "-v");
    assertThat(out).contains("Files").contains("x.run.jsonl").contains("Observations");
  }

  @Test
  void checklistTellsWhatBecameOfEachCheck() throws IOException {
    assertThat(run("checklist", broken)).isZero();
    assertThat(out).contains("not checked", "✓");
    assertThat(run("checklist", broken, "--format", "json")).isZero();
    JsonNode items = new ObjectMapper().readTree(out).path("items");
    assertThat(items.findValuesAsText("state"))
        .contains("not-checked", "fine")
        .doesNotContain("NOT_CHECKED");
    assertThat(run("checklist", folder + "/empty")).isEqualTo(3);
  }

  @Test
  void rawTablesAndSavedModelsAnswerTheirPartOfTheChecklistAndNoMore() throws IOException {
    Map<String, String> tables = states("examples/missing-values--nan-cells/train.csv");
    assertThat(tables)
        .as("gaps may be filled")
        .containsEntry("missing-values-absent", "not-checked");
    assertThat(tables).containsEntry("classes-balanced", "fine");
    assertThat(tables).containsEntry("splits-separate", "not-checked");
    Map<String, String> weights = states("src/test/resources/models/snapshots-still");
    assertThat(weights).containsEntry("trainable-weights-move", "not-checked");
    assertThat(weights).containsEntry("nonlinearity-present", "not-checked");
    Map<String, String> graph = states("src/test/resources/samples/mlp.onnx");
    assertThat(graph).containsEntry("nonlinearity-present", "fine");
    assertThat(graph).containsEntry("freezing-right", "not-checked");
    assertThat(graph).containsEntry("optimizer-holds-weights", "not-checked");
  }

  private Map<String, String> states(String path) throws IOException {
    assertThat(run("checklist", path, "--format", "json")).isZero();
    Map<String, String> states = new HashMap<>();
    for (JsonNode item : new ObjectMapper().readTree(out).path("items")) {
      states.put(item.path("check").asText(), item.path("state").asText());
    }
    return states;
  }

  @Test
  void listsEverythingThereIs() throws IOException {
    for (ListCommand.What what : ListCommand.What.values()) {
      assertThat(run("list", what.name())).isZero();
      assertThat(out.lines().count()).isGreaterThan(1);
      assertThat(run("list", what.name(), "--format", "json")).isZero();
      assertThat(new ObjectMapper().readTree(out)).isNotEmpty();
    }
  }

  @Test
  void explainsInBothLanguages() {
    assertThat(run("explain", "dead-relu")).isZero();
    assertThat(out).contains("How to repair").contains("PyTorch");
    assertThat(run("explain", "dead-relu", "--lang", "zh", "--format", "markdown")).isZero();
    assertThat(out).contains("## 如何修复").contains("```python");
    assertThat(run("explain", "enough-weights", "--format", "markdown")).isZero();
    assertThat(out)
        .contains("- **Value**: 60\n- **Unit**: count")
        .contains("the extremes of fewer weights say nothing about their distribution")
        .contains("- `frozen-fresh-share`: ");
    assertThat(run("explain", "checkpoint-chance", "--lang", "zh", "--format", "markdown"))
        .isZero();
    assertThat(out).contains("**取值**：0.05").contains("- 保留哪个检查点");
    assertThat(run("explain", "pretrained-weights-fresh", "--format", "markdown")).isZero();
    assertThat(out).contains("`enough-weights` 60");
    assertThat(run("--version")).isZero();
    assertThat(out).startsWith("aitia ");
  }

  @Test
  void patchesAreShownAndWritten() throws IOException {
    String script = "import torch\nmodel = torch.nn.Linear(4, 2)\nmodel.eval\n";
    Path file = Files.writeString(folder.resolve("check.py"), script);
    assertThat(run(PIPE, "fix", file.toString())).isZero();
    assertThat(out).contains("-model.eval\n+model.eval()\n").startsWith("--- a/check.py\n");
    assertThat(err).contains("check.py:3: a method is named but not called");
    assertThat(Files.readString(file)).isEqualTo(script);
    assertThat(run(PIPE, "fix", "--write", "--lang", "zh", file.toString())).isZero();
    assertThat(err).contains("已写入");
    assertThat(Files.readString(file)).isEqualTo(script.replace("eval", "eval()"));
    assertThat(Files.readString(folder.resolve("check.py.orig"))).isEqualTo(script);
    assertThat(run(PIPE, "fix", file.toString())).isZero();
    assertThat(out).isEmpty();
    assertThat(err).contains("nothing in its scripts can be mended");
  }
}
