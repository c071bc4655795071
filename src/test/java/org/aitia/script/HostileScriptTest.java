package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.aitia.limit.Failure;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that are damaged, endless or made to break what reads them. */
class HostileScriptTest {
  @TempDir Path folder;

  private List<Failure> failures(String script) throws IOException {
    return measure(script).failures();
  }

  private Notebook measure(String script) throws IOException {
    return Observing.measure(Scripts.read(folder, script), Companions.NONE);
  }

  private FileNote note(String script) throws IOException {
    return Scripts.read(folder, script).files().get(0);
  }

  @Test
  void memberWithoutANameIsReadAround() throws IOException {
    Notebook notes = measure(Scripts.CLASSIFIER.replace("nn.ReLU()", "nn.(x)") + "y = torch.(y)\n");
    assertThat(notes.failures()).isEmpty();
    assertThat(
            measure(Scripts.CLASSIFIER.replace("optimizer.zero_grad()", "nn.(x)")).observations())
        .anyMatch(o -> o.measure().id().equals("script-no-zero-grad"));
  }

  @Test
  void deepNestingIsReadInPart() throws IOException {
    assertThat(note("import torch\nx = 1\n" + "{'k':".repeat(3_000)))
        .returns(FileNote.State.PARTIAL, FileNote::state)
        .extracting(FileNote::message)
        .asString()
        .contains("line 3", "brackets are nested more than 200 deep");
    assertThat(note("import torch\nx = 1" + " + 1".repeat(3_000) + "\n"))
        .returns(FileNote.State.PARTIAL, FileNote::state)
        .extracting(FileNote::message)
        .asString()
        .contains("line 2", "more than 100 deep");
  }

  @Test
  void whatStandsBeforeTheNestingIsFollowed() throws IOException {
    String faulty = Scripts.CLASSIFIER.replace("        optimizer.zero_grad()\n", "");
    assertThat(measure(faulty + "x = " + "(".repeat(5_000)).observations())
        .anyMatch(o -> o.measure().id().equals("script-no-zero-grad"));
  }

  @Test
  void lostBracketDoesNotHideTheRest() throws IOException {
    String faulty = Scripts.CLASSIFIER.replace("        optimizer.zero_grad()\n", "");
    assertThat(measure(faulty.replace("torch.manual_seed(7)", "x = [1, (2, 3")).observations())
        .anyMatch(o -> o.measure().id().equals("script-no-zero-grad"));
  }

  @Test
  void rowsOfCommentsAndSignsOutsideOfUnicodesFirstPlaneChangeNothing() throws IOException {
    String script =
        "# \uD83D\uDE00 comment 'with \"\"\" quotes (\n".repeat(300)
            + "print('\uD83D\uDE00 # no comment', f\"{'#'} {1:#x} {{\")  # a comment (\n"
            + Scripts.CLASSIFIER;
    Run run = WrittenSettings.added(Scripts.read(folder, script));
    assertThat(run.config().value(Setting.LEARNING_RATE)).isEqualTo(0.05);
    assertThat(run.config().source(Setting.LEARNING_RATE).tag()).isEqualTo("308");
  }

  @Test
  void scriptWithoutAnEndIsNotCheckedAndSaysSo() throws IOException {
    StringBuilder doubling = new StringBuilder("import torch\ndef f0(x): return x\n");
    for (int i = 1; i < 40; i++) {
      doubling.append("def f%d(x): return f%d(x) + f%d(x)\n".formatted(i, i - 1, i - 1));
    }
    assertThat(failures(doubling + "f39(1)\n"))
        .singleElement()
        .returns("train.py", Failure::about)
        .extracting(Failure::why)
        .asString()
        .contains("was given up", "steps");
  }

  @Test
  void otherScriptsOfTheRunAreStillFollowed() throws IOException {
    StringBuilder endless = new StringBuilder("import torch\ndef f0(x): return x\n");
    for (int i = 1; i < 40; i++) {
      endless.append("def f%d(x): return f%d(x) + f%d(x)\n".formatted(i, i - 1, i - 1));
    }
    Files.writeString(folder.resolve("endless.py"), endless + "f39(1)\n");
    Notebook notes = measure(Scripts.CLASSIFIER.replace("        optimizer.zero_grad()\n", ""));
    assertThat(notes.failures()).hasSize(1);
    assertThat(notes.observations()).anyMatch(o -> o.measure().id().equals("script-no-zero-grad"));
  }

  @Test
  void filesThatImportEachOtherInACircleAreFollowed() throws IOException {
    for (int i = 0; i < 30; i++) {
      String other = "m" + (i + 1) % 30;
      Files.writeString(
          folder.resolve("m" + i + ".py"),
          "import torch\nimport %s\nfrom %s import *\nx%d = %s\n"
              .formatted(other, other, i, other));
    }
    assertThat(failures("import m0\n" + Scripts.CLASSIFIER)).isEmpty();
  }

  /** Whatever is missing in a script or too much, no part of the program fails. */
  @Test
  void damagedScriptsBreakNothing() throws IOException {
    Random random = new Random(17);
    String signs = "()[]{}:.,'\"\\\n #=@*f0\t";
    for (int i = 0; i < 400; i++) {
      StringBuilder script = new StringBuilder(Scripts.CLASSIFIER);
      for (int j = 1 + random.nextInt(6); j > 0; j--) {
        int at = random.nextInt(script.length());
        switch (random.nextInt(3)) {
          case 0 -> script.deleteCharAt(at);
          case 1 -> script.insert(at, signs.charAt(random.nextInt(signs.length())));
          default -> script.delete(at, Math.min(script.length(), at + random.nextInt(40)));
        }
      }
      assertThat(failures(script.toString())).as("%s", script).isEmpty();
    }
  }
}
