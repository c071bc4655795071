package org.aitia.script.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.script.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedCheckTest {
  private static final String UNSEEDED = Scripts.CLASSIFIER.replace("torch.manual_seed(7)\n", "\n");

  private static final String SHORT =
      """
      epoch,train_loss,val_loss,val_accuracy
      1,2.31,2.35,0.10
      2,2.34,2.37,0.10
      3,2.30,2.36,0.11
      4,2.36,2.33,0.10
      5,2.33,2.38,0.09
      6,2.35,2.34,0.10
      """;

  @TempDir Path folder;

  private List<String> seeds(String script) throws IOException {
    return Scripts.findings(folder, script).stream()
        .filter(o -> o.measure().id().contains("seed"))
        .map(SeedCheckTest::text)
        .toList();
  }

  private static String text(Observation o) {
    return o.measure().id() + " " + o.source() + " " + o.detail();
  }

  @Test
  void seeded() throws IOException {
    assertThat(seeds(Scripts.CLASSIFIER)).isEmpty();
    assertThat(seeds("from lightning import seed_everything\nseed_everything(1)\n" + UNSEEDED))
        .isEmpty();
    assertThat(seeds("from helpers import fix_seeds\nfix_seeds()\n" + UNSEEDED)).isEmpty();
    assertThat(seeds(UNSEEDED.replace("shuffle=True", "shuffle=True, generator=g"))).isEmpty();
  }

  @Test
  void notSeeded() throws IOException {
    assertThat(seeds(UNSEEDED)).containsExactly("script-not-seeded train.py:12 loss.backward()");
  }

  @Test
  void seededInPart() throws IOException {
    assertThat(seeds("import numpy as np\nnp.random.seed(0)\n" + UNSEEDED))
        .singleElement()
        .asString()
        .startsWith("script-seeded-in-part train.py:7 model = nn.Sequential");
    assertThat(
            seeds(
                "from sklearn.model_selection import train_test_split\n"
                    + "a, b = train_test_split(rows)\n"
                    + Scripts.CLASSIFIER))
        .containsExactly("script-seeded-in-part train.py:2 a, b = train_test_split(rows)");
    assertThat(
            seeds(
                "from sklearn.model_selection import train_test_split\n"
                    + "a, b = train_test_split(rows, random_state=1)\n"
                    + Scripts.CLASSIFIER))
        .isEmpty();
  }

  @Test
  void shownOnlyWhereResultsAreJudged() throws IOException {
    Run script = Scripts.read(folder, UNSEEDED);
    assertThat(symptoms(script, Companions.NONE)).isEmpty();
    Files.writeString(folder.resolve("metrics.csv"), SHORT);
    Run withLog = RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base());
    assertThat(symptoms(withLog, Companions.NONE)).contains("seed-not-set");
    Run seeded = Scripts.read(folder, Scripts.CLASSIFIER);
    assertThat(symptoms(seeded, Companions.NONE)).doesNotContain("seed-not-set");
    Files.writeString(folder.resolve("config.json"), "{\"seed\": 3, \"epochs\": 6, \"lr\": 0.05}");
    assertThat(symptoms(Scripts.read(folder, UNSEEDED), Companions.NONE))
        .doesNotContain("seed-not-set");
  }

  private static List<String> symptoms(Run run, Companions companions) {
    return Diagnoser.builtIn().examine(run, companions).diagnose(Language.EN).symptoms().stream()
        .map(Diagnosis.Symptom::id)
        .toList();
  }
}
