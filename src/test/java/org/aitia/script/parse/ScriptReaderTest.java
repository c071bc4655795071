package org.aitia.script.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptReaderTest {
  @TempDir Path folder;

  private Run read() throws IOException {
    return RunFolder.read(folder.toString(), folder, Progress.NONE, List.of(), Vocabulary.base());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static List<String> findings(Run run) {
    return Observing.observe(run, Companions.NONE).stream()
        .filter(o -> o.subject().equals("script"))
        .map(ScriptReaderTest::text)
        .toList();
  }

  private static String text(Observation o) {
    return o.measure().id() + " " + o.source() + " " + o.detail();
  }

  private static final String LOOP =
      """
      import torch
      from net import Net
      net = Net()
      opt = torch.optim.SGD(net.parameters(), lr=0.1)
      for epoch in range(3):
          for x, y in loader:
              loss = torch.nn.functional.cross_entropy(net(x), y)
              loss.backward()
              opt.step()
      """;

  @Test
  void filesThatImportEachOtherAreOneProgram() throws IOException {
    write("train.py", LOOP);
    write(
        "net.py",
        """
        from torch import nn
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.fc = nn.Linear(4, 3)
            def forward(self, x):
                return self.fc(x).softmax(dim=1)
        """);
    assertThat(findings(read()))
        .anySatisfy(f -> assertThat(f).isEqualTo("script-no-zero-grad train.py:9 opt.step()"))
        .anySatisfy(
            f -> assertThat(f).startsWith("script-logits-loss-on-probabilities train.py:7"));
  }

  @Test
  void damagedScriptIsReadAroundTheDamage() throws IOException {
    byte[] start = "import torch\nx = '\u0000".getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[start.length + 3];
    System.arraycopy(start, 0, all, 0, start.length);
    all[start.length] = (byte) 0xff;
    all[start.length + 1] = (byte) 0xfe;
    all[start.length + 2] = '\n';
    Files.write(folder.resolve("a.py"), all);
    write(
        "b.py", LOOP.replace("from net import Net", "def broken(:\n").replace("Net()", "object()"));
    Run run = read();
    assertThat(run.files()).hasSize(2);
    assertThat(run.scripts()).hasSize(2);
    assertThat(findings(run)).isNotNull();
  }

  @Test
  void hostileScriptsEnd() throws IOException {
    write("nested.py", "import torch\nx = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + "\n");
    write("sum.py", "import torch\nx = 1" + " + 1".repeat(100_000) + "\n");
    write("calls.py", "import torch\nx = " + "f(".repeat(5_000) + ")".repeat(5_000) + "\n");
    write(
        "recursion.py",
        "import torch\ndef f(x):\n    return f(x) + f(x) + g(x)\ndef g(x):\n    return f(x) + g(x)\nf(1)\ng(1)\n");
    StringBuilder loops = new StringBuilder("import torch\n");
    for (int i = 0; i < 90; i++) {
      loops.append(" ".repeat(i)).append("for i").append(i).append(" in a:\n");
    }
    write("loops.py", loops + " ".repeat(90) + "pass\n");
    StringBuilder doubling = new StringBuilder("import torch\ndef f0(x):\n    return x\n");
    for (int i = 1; i < 60; i++) {
      doubling
          .append("def f")
          .append(i)
          .append("(x):\n    return f")
          .append(i - 1)
          .append("(x) + f")
          .append(i - 1)
          .append("(x)\n");
    }
    write("doubling.py", doubling + "f59(1)\n");
    Run run = read();
    assertThat(run.scripts()).hasSize(6);
    assertThat(findings(run)).isEmpty();
  }

  @Test
  void hugeScriptIsRefused() throws IOException {
    write("huge.py", "import torch\n" + "x = 1\n".repeat(200_000));
    assertThat(read().files())
        .singleElement()
        .satisfies(f -> assertThat(f.state()).isEqualTo(FileNote.State.FAILED))
        .satisfies(f -> assertThat(f.message()).contains("1 MB"));
  }

  @Test
  void otherPythonIsNoRun() throws IOException {
    write("tools.py", "import os\nprint(os.getcwd())\n");
    assertThat(RunFolder.holdsRun(read())).isFalse();
  }
}
