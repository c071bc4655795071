package org.aitia.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Account;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files answer is not asked, but shown, and may be overruled. */
final class KnownEvidenceTest {
  private static Diagnoser diagnoser;

  @TempDir Path folder;
  private Session session;

  @BeforeAll
  static void load() {
    diagnoser = Diagnoser.builtIn();
  }

  @BeforeEach
  void read() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"task": "classification", "batch_size": 64, "learning_rate": 0.1, "optimizer": "sgd",
         "precision": "fp32", "shuffle": true, "pretrained": "bert-base",
         "target": {"metric": "accuracy", "value": 0.95}}
        """);
    StringBuilder csv = new StringBuilder("epoch,loss,accuracy,val_loss,val_accuracy\n");
    for (int epoch = 0; epoch < 20; epoch++) {
      double loss = 2.3 * Math.exp(-0.1 * epoch);
      csv.append(epoch + "," + loss + "," + (1 - loss / 2.6) + "," + loss + "," + 0.6 + "\n");
    }
    Files.writeString(folder.resolve("metrics.csv"), csv);
    session =
        new Session(
            diagnoser,
            diagnoser.examine(
                RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base())));
  }

  private static Map<String, Double> probabilities(Session.State state) {
    Map<String, Double> found = new LinkedHashMap<>();
    state.conclusions().hypotheses().forEach(h -> found.put(h.cause(), h.probability()));
    return found;
  }

  @Test
  void whatTheFilesSayIsKnownWithItsPlace() {
    assertThat(session.known().get("batch-size").value()).isEqualTo("64");
    assertThat(session.known().get("batch-size").source()).hasToString("config.json:batch_size");
    assertThat(session.known().get("task-kind").value()).isEqualTo("classification");
    assertThat(session.known().get("batches-mixed").value()).isEqualTo("yes");
    assertThat(session.known().get("from-pretrained").value()).isEqualTo("yes");
    assertThat(session.known().get("fp32-run").value()).isEqualTo("not-applicable");
    assertThat(session.known().get("learning-rate").value()).isEqualTo("0.1");
  }

  @Test
  void whatTheFilesSayIsNotAsked() {
    assertThat(session.open())
        .extracting(Question::id)
        .doesNotContainAnyElementsOf(session.known().keySet())
        .contains("what-changed");
    assertThat(session.diagnosis(Language.EN).questions())
        .extracting(Diagnosis.Question::id)
        .doesNotContainAnyElementsOf(session.known().keySet());
  }

  @Test
  void anOverrulingAnswerCountsInsteadAndIsMarked() {
    Map<String, Double> before = probabilities(session.state());
    Session.State state = session.answer("batch-size", "2");
    assertThat(state.moved()).containsKey("batch-size-too-small");
    assertThat(session.overruled()).containsOnlyKeys("batch-size");
    Diagnosis diagnosis = session.diagnosis(Language.EN);
    assertThat(diagnosis.overruled())
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.question()).isEqualTo("batch-size");
              assertThat(o.answer()).isEqualTo("2");
              assertThat(o.found()).isEqualTo("64");
              assertThat(o.source().file()).isEqualTo("config.json");
            });
    assertThat(diagnosis.observations())
        .filteredOn(o -> o.measure().equals("batch-size"))
        .singleElement()
        .satisfies(
            o -> {
              assertThat(o.value()).isEqualTo(2.0);
              assertThat(o.source().overrules()).isEqualTo("config.json:batch_size");
            });
    assertThat(probabilities(session.withdraw("batch-size"))).isEqualTo(before);
  }

  @Test
  void anAnswerThatBecameAMeasurementCountsOnce() {
    session.answer("batch-size", "2");
    Account account = session.account("batch-size-too-small", Language.EN);
    assertThat(account.cause().supports())
        .filteredOn(e -> e.rule().startsWith("answer:"))
        .isEmpty();
    assertThat(account.cause().supports()).isNotEmpty();
  }

  @Test
  void aNumberFormatThatIsStatedCountsOnce() {
    Session nothing = new Session(diagnoser, diagnoser.examine(new RunBuilder("").build()));
    nothing.answer("precision-kind", "fp16");
    assertThat(nothing.diagnosis(Language.EN).observations())
        .extracting(Diagnosis.Observation::measure)
        .contains("half-precision");
    assertThat(nothing.account("loss-scale-improper", Language.EN).cause().supports())
        .filteredOn(e -> e.rule().startsWith("answer:"))
        .isEmpty();
  }

  @Test
  void anOverrulingAnswerIsMarkedWhereItSpeaksForItself() {
    session.answer("from-pretrained", "no");
    assertThat(session.account("wrong-pretrained-weights", Language.EN).cause().opposes())
        .extracting(Diagnosis.Evidence::text)
        .anySatisfy(t -> assertThat(t).endsWith("(overrules config.json:pretrained)"));
  }

  @Test
  void notTrustingAFileTakesItsWordAway() {
    session.answer("batch-size", "unknown");
    assertThat(session.diagnosis(Language.EN).observations())
        .extracting(Diagnosis.Observation::measure)
        .doesNotContain("batch-size");
  }

  @Test
  void puttingOffAQuestionOverrulesNothing() {
    session.answer("batch-size", "skip");
    assertThat(session.overruled()).isEmpty();
    assertThat(session.diagnosis(Language.EN).overruled()).isEmpty();
  }

  @Test
  void aMeasurementThatIsOverruledIsSetAside() {
    RunBuilder run = new RunBuilder("");
    Session measured = new Session(diagnoser, diagnoser.examine(run.build()));
    assertThat(measured.known()).isEmpty();
    measured.answer("class-ratio", "100");
    assertThat(measured.overruled()).isEmpty();
    assertThat(measured.account("class-imbalance", Language.EN).cause().supports()).isNotEmpty();
  }

  @Test
  void theTargetThatIsStatedIsHeldAgainstTheCurves() {
    session.answer("target-value", "50");
    assertThat(session.diagnosis(Language.EN).observations())
        .filteredOn(o -> o.measure().equals("target-shortfall"))
        .singleElement()
        .satisfies(o -> assertThat((Double) o.value()).isNegative());
  }

  @Test
  void aFactThatIsStatedSaysNothingOfWhatIsLeftUnsaid() {
    Session nothing = new Session(diagnoser, diagnoser.examine(new RunBuilder("").build()));
    nothing.answer("task-kind", "classification");
    assertThat(nothing.diagnosis(Language.EN).observations()).isEmpty();
  }
}
