package org.aitia.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.knowledge.KnowledgeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class OracleTest {
  private static final Path SHEET = Path.of("src/accuracy/oracle.yaml");
  private static Diagnoser diagnoser;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    diagnoser = Diagnoser.builtIn();
  }

  private String answer(String question, String truth) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("truth.json"), truth);
    Files.writeString(run.resolve("metrics.csv"), "epoch,loss,val_loss\n0,2.3,2.3\n1,2.2,2.3\n");
    Files.writeString(
        run.resolve("config.json"),
        "{\"optimizer\": {\"name\": \"Adam\", \"learning_rate\": 3e-6}, \"batch_size\": 2}");
    List<LabelledRun> runs = LabelledRun.all(folder, diagnoser);
    assertThat(runs).hasSize(1);
    Oracle oracle = new Oracle(OracleSheet.read(SHEET, diagnoser.knowledge()), runs.get(0));
    return oracle.answer(diagnoser.knowledge().questions().get(question));
  }

  private static String truth(String cause, String variant) {
    return "{\"causes\": [\"%s\"], \"acceptable\": [], \"notes\": \"%s: %s\"}"
        .formatted(cause, cause, variant);
  }

  @Test
  void theSheetNamesOnlyWhatExists() throws IOException {
    assertThat(OracleSheet.read(SHEET, diagnoser.knowledge()).of("batch-size")).isNotEmpty();
  }

  @Test
  void whatTheFullRecordHoldsIsAnsweredFromIt() throws IOException {
    String truth = truth("too-few-epochs", "stopped-early");
    assertThat(answer("batch-size", truth)).isEqualTo("2.0");
    assertThat(answer("rate-against-usual", truth)).isEqualTo("far-below");
  }

  @Test
  void whatFollowsFromTheVariantOfAFaultIsAnswered() throws IOException {
    String truth = truth("wrong-optimizer-implementation", "step-not-called");
    assertThat(answer("update-loop", truth)).isEqualTo("not-stepped");
    assertThat(answer("overfits-one-batch", truth)).isEqualTo("no");
  }

  @Test
  void whatNeitherTellsIsUnknown() throws IOException {
    assertThat(answer("what-changed", truth("too-few-epochs", "x"))).isEqualTo("unknown");
    assertThat(answer("overfits-one-batch", truth("missing-values", "x"))).isEqualTo("unknown");
  }

  @Test
  void aSheetThatNamesWhatDoesNotExistIsRefusedWithEveryName() throws IOException {
    Path sheet = folder.resolve("sheet.yaml");
    Files.writeString(
        sheet,
        """
        groups: {}
        questions:
          no-such-question: [{answer: "yes"}]
          batches-mixed:
            - {measure: no-such-measure, answer: "yes"}
            - {any: [no-such-cause], answer: perhaps}
        """);
    assertThatThrownBy(() -> OracleSheet.read(sheet, diagnoser.knowledge()))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("no-such-question")
        .hasMessageContaining("no-such-measure")
        .hasMessageContaining("no-such-cause")
        .hasMessageContaining("perhaps");
  }
}
