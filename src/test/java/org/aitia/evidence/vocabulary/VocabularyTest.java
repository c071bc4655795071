package org.aitia.evidence.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.evidence.Runs;
import org.aitia.evidence.document.Mappings;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  @TempDir Path folder;

  @Test
  void everyNameOfTheListIsReadAsYamlReadsIt() throws IOException {
    JsonNode list = Mappings.parse(Files.readString(Path.of("src/main/resources/names.yaml")));
    int names = 0;
    for (Map.Entry<String, JsonNode> known : list.path("metrics").properties()) {
      for (JsonNode name : known.getValue()) {
        assertThat(Vocabulary.metric(name.asText())).isEqualTo(known.getKey());
        names++;
      }
    }
    for (Map.Entry<String, JsonNode> known : list.path("settings").properties()) {
      assertThat(Arrays.stream(Setting.values()).map(Setting::id)).contains(known.getKey());
      for (JsonNode name : known.getValue()) {
        assertThat(Vocabulary.setting(name.asText()).id()).isEqualTo(known.getKey());
        names++;
      }
    }
    assertThat(names).isGreaterThan(150);
    assertThat(Vocabulary.split("holdout")).contains(Split.VALIDATION);
    assertThat(Vocabulary.split("val")).contains(Split.VALIDATION);
  }

  @AfterEach
  void forgetNames() throws IOException {
    Vocabulary.use(null);
  }

  @Test
  void aUsersFileAddsNames() throws IOException {
    String own =
        """
        metrics:
          accuracy: [my_hits]
        splits:
          test: [blind]
        settings:
          learning-rate: [Stride]
        axes:
          epoch: [pass]
        """;
    Vocabulary.use(Runs.write(folder, "names.yaml", own));
    Tag tag = TagNames.of("blind/my_hits", null).orElseThrow();
    assertThat(tag.quantity()).isEqualTo("accuracy");
    assertThat(tag.split()).isEqualTo(Split.TEST);
    assertThat(Vocabulary.setting("stride")).isEqualTo(Setting.LEARNING_RATE);
    Run run = Runs.read(folder, "log.csv", "pass,loss,blind_my_hits\n3,0.5,0.25\n4,0.4,0.5\n");
    assertThat(run.series(Quantity.ACCURACY, Split.TEST, Axis.EPOCH).orElseThrow().epoch(1))
        .isEqualTo(4);
    Vocabulary.use(null);
    assertThat(Vocabulary.setting("stride")).isNull();
  }

  @Test
  void namesInTheFolderOfOwnRulesAreTaken() throws IOException {
    Runs.write(folder, "names.yaml", "axes:\n  step: [tick]\n");
    Diagnoser.with(folder, null);
    assertThat(Vocabulary.axis("tick")).contains(Axis.STEP);
    Diagnoser.with(null, null);
    assertThat(Vocabulary.axis("tick")).isEmpty();
    Runs.write(folder, "names.yaml", "axis:\n  step: [tick]\n");
    assertThatThrownBy(() -> Diagnoser.with(folder, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("names.yaml: 'axis' is none of");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "metric: {a: [b]} | 'metric' is none of metrics, settings, splits, axes",
        "metrics: [1, { | line 1",
        "metrics: [acc] | metrics has to list names",
        "metrics: {accuracy: hits} | metrics: accuracy has to list names",
        "metrics: {accuracy: [[a]]} | metrics: accuracy has to list names",
        "settings: {rate: [stride]} | settings: 'rate' is none of",
        "splits: {holdout: [x]} | splits: 'holdout' is none of train, validation, test",
        "axes: {batch: [x]} | axes: 'batch' is none of epoch, step",
        "just words | holds none of"
      })
  void whatIsWrongWithAUsersFileIsSaid(String text, String message) throws IOException {
    Path file = Runs.write(folder, "a.yaml", text);
    assertThatThrownBy(() -> Vocabulary.use(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> Vocabulary.use(folder.resolve("absent.yaml")))
        .hasMessageContaining("cannot be read");
  }
}
