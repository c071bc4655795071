package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.run.Run;
import org.aitia.script.repair.Repair;
import org.aitia.script.trace.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairsTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

  @TempDir Path folder;
  @TempDir Path compiled;

  private List<Repair> repairs(String script) throws IOException {
    return Repairs.of(Scripts.read(folder, script));
  }

  private static List<Path> faulty() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      return files
          .filter(f -> f.toString().endsWith(".py"))
          .filter(f -> f.toString().contains("faulty"))
          .sorted()
          .toList();
    }
  }

  private List<String> flags(String script) throws IOException {
    return Scripts.findings(folder, script).stream()
        .filter(o -> o.measure().unit().equals("flag"))
        .map(o -> o.measure().id())
        .sorted()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** What is mended is found no more, nothing else is found, and Python reads it. */
  @Test
  void mendedAndNothingElse() throws IOException, InterruptedException {
    Set<String> kinds = new TreeSet<>();
    List<String> written = new ArrayList<>(List.of("python3", "-m", "py_compile"));
    for (Path script : faulty()) {
      String text = Files.readString(script);
      for (Repair repair : repairs(text)) {
        String mended = String.join("\n", repair.lines());
        List<String> left = flags(text);
        for (Finding finding : repair.mended()) {
          left.remove(finding.what());
          kinds.add(finding.what());
        }
        // what came of it may be gone as well, but nothing new is found
        for (String flag : flags(mended)) {
          assertThat(left.remove(flag)).as(script + ": " + flag).isTrue();
        }
        Path file = compiled.resolve(written.size() + ".py");
        Files.writeString(file, mended);
        written.add(file.toString());
      }
    }
    assertThat(kinds)
        .contains(
            "script-argmax-over-batch",
            "script-clipped-before-unscale",
            "script-epoch-not-set",
            "script-epoch-schedule-each-batch",
            "script-integer-division",
            "script-load-unchecked",
            "script-method-not-called",
            "script-modules-in-list",
            "script-no-zero-grad",
            "script-not-shuffled",
            "script-scaler-refitted",
            "script-shapes-broadcast",
            "script-zero-initialised");
    assumeTrue(new ProcessBuilder("python3", "--version").start().waitFor() == 0, "no python3");
    Process python = new ProcessBuilder(written).redirectErrorStream(true).start();
    assertThat(new String(python.getInputStream().readAllBytes())).isEmpty();
    assertThat(python.waitFor()).isZero();
  }

  @Test
  void patchOfALine() throws IOException {
    String script =
        Scripts.CLASSIFIER.replace(
            "optimizer.zero_grad()\n", "x = x // 255\n        optimizer.zero_grad()\n");
    assertThat(repairs(script))
        .singleElement()
        .extracting(Repair::diff)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .startsWith("--- a/train.py", "+++ b/train.py")
        .containsSubsequence("-        x = x // 255", "+        x = x / 255")
        .filteredOn(l -> l.startsWith("-") || l.startsWith("+"))
        .hasSize(4);
  }

  @Test
  void whatTakesAChoiceIsLeft() throws IOException {
    assertThat(repairs(Scripts.CLASSIFIER)).isEmpty();
    assertThat(
            repairs(
                Scripts.CLASSIFIER.replace(
                    "nn.functional.cross_entropy(model(x), y)",
                    "nn.functional.cross_entropy(model(x).softmax(1), y)")))
        .isEmpty();
  }

  @Test
  void schedulerIsMovedBehindItsLoop() throws IOException {
    String script =
        Scripts.CLASSIFIER
            .replace(
                "for epoch",
                "scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=4)\nfor epoch")
            .replace(
                "        optimizer.step()\n",
                "        optimizer.step()\n        scheduler.step()\n");
    Run run = Scripts.read(folder, script + "    print(epoch)\n");
    assertThat(Repairs.of(run))
        .singleElement()
        .extracting(r -> String.join("\n", r.lines()))
        .asString()
        .endsWith("        optimizer.step()\n    scheduler.step()\n    print(epoch)\n");
  }
}
