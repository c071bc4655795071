package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the GitHub Action as its runner starts them, and the hook as pre-commit does. */
final class PipelineFilesIT {
  private static final Path HOME = Path.of("").toAbsolutePath();

  /** Steps on line 11 without zero_grad. */
  private static final String FAULTY =
      """
      import torch
      from torch import nn

      model = nn.Linear(20, 3)
      criterion = nn.CrossEntropyLoss()
      optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
      for epoch in range(10):
          for xb, yb in loader:
              loss = criterion(model(xb), yb)
              loss.backward()
              optimizer.step()
      """;

  private static final String SOUND =
      FAULTY.replace("        loss.backward()", "        optimizer.zero_grad(); loss.backward()");

  @TempDir private Path folder;
  private String out;

  private int run(Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(variables);
    Path errors = Files.createTempFile(folder, "stderr", ".txt");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }

  /** Runs the action's step with these inputs, all others at their defaults. */
  private int step(Map<String, String> inputs) throws IOException, InterruptedException {
    JsonNode action = new YAMLMapper().readTree(HOME.resolve("action.yml").toUri().toURL());
    JsonNode step = action.at("/runs/steps/0");
    Map<String, String> variables = new HashMap<>();
    step.path("env")
        .properties()
        .forEach(
            e -> {
              String input = e.getValue().asText().replaceAll("\\$\\{\\{ inputs\\.(.+) }}", "$1");
              String preset = action.at("/inputs/" + input + "/default").asText();
              variables.put(e.getKey(), inputs.getOrDefault(input, preset));
            });
    assertThat(action.path("inputs").size()).isEqualTo(variables.size());
    variables.put("GITHUB_ACTION_PATH", HOME.toString());
    variables.put("GITHUB_OUTPUT", folder.resolve("outputs").toString());
    Path script = folder.resolve("step.sh");
    Files.writeString(script, step.path("run").asText());
    assertThat(step.path("shell").asText()).isEqualTo("bash");
    return run(
        variables,
        List.of("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script.toString()));
  }

  private String outputs() throws IOException {
    Path file = folder.resolve("outputs");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @Test
  void theActionAnnotatesAndFails() throws Exception {
    Files.writeString(folder.resolve("train.py"), FAULTY);
    assertThat(step(Map.of("path", "train.py\n"))).isEqualTo(1);
    assertThat(out).contains("::error file=train.py,line=11,title=Wrong optimizer implementation");
    assertThat(outputs()).isEmpty();
    assertThat(step(Map.of("path", "train.py", "fail-on", "never"))).isZero();
  }

  @Test
  void theActionWritesReportsAndKnowsTheBaseline() throws Exception {
    Files.writeString(folder.resolve("train.py"), FAULTY);
    Map<String, String> inputs =
        Map.of("path", "train.py", "format", "sarif", "baseline", "before.sarif");
    assertThat(step(inputs)).isEqualTo(1);
    assertThat(out).contains("::notice::no baseline yet");
    assertThat(outputs()).isEqualTo("report=aitia.sarif\n");
    assertThat(Files.readString(folder.resolve("aitia.sarif"))).contains("\"version\" : \"2.1.0\"");
    Files.move(folder.resolve("aitia.sarif"), folder.resolve("before.sarif"));
    assertThat(step(inputs)).isZero();
  }

  @Test
  void inputsAreNoCommands() throws Exception {
    assertThat(step(Map.of("path", "$(touch made)\n`touch made`\n--help"))).isEqualTo(3);
    assertThat(folder.resolve("made")).doesNotExist();
  }

  private int hook(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("src/hook/scripts").toString());
    command.addAll(List.of(arguments));
    return run(Map.of("PATH", HOME + ":" + System.getenv("PATH")), command);
  }

  @Test
  void theHookFailsOnFaultyScriptsAndPassesOthersBy() throws Exception {
    Files.createDirectories(folder.resolve("sub dir"));
    Files.writeString(folder.resolve("train.py"), FAULTY);
    Files.writeString(folder.resolve("sub dir/sound.py"), SOUND);
    Files.writeString(folder.resolve("plain.py"), "def add(a, b):\n    return a + b\n");
    Files.writeString(folder.resolve("layers.py"), "import torch\n");
    assertThat(hook("train.py", "sub dir/sound.py", "plain.py", "layers.py")).isEqualTo(1);
    assertThat(out).startsWith("train.py:11: Wrong optimizer implementation").contains("(9");
    assertThat(out).doesNotContain("sound.py", "plain.py", "%25", "::");
    assertThat(hook("sub dir/sound.py", "plain.py", "layers.py")).isZero();
    assertThat(hook("plain.py")).isZero();
    assertThat(out).isEmpty();
    assertThat(hook("--lang=zh", "train.py")).isEqualTo(1);
    assertThat(out).containsPattern("\\p{IsHan}");
  }

  @Test
  void theHookThatIsOfferedIsThere() throws IOException {
    JsonNode hooks =
        new YAMLMapper().readTree(HOME.resolve(".pre-commit-hooks.yaml").toUri().toURL());
    for (JsonNode hook : hooks) {
      assertThat(hook.path("language").asText()).isEqualTo("script");
      assertThat(HOME.resolve(hook.path("entry").asText())).isExecutable();
    }
  }
}
