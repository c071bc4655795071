package org.aitia.evidence.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.Runs;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Progress;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  private static final Vocabulary BASE = Vocabulary.base();

  @TempDir Path folder;

  @Test
  void everyNameOfTheListIsReadAsYamlReadsIt() throws IOException {
    JsonNode list = Mappings.parse(Files.readString(Path.of("knowledge-base/names.yaml")));
    int names = 0;
    for (Map.Entry<String, JsonNode> known : list.path("metrics").properties()) {
      for (JsonNode name : known.getValue()) {
        assertThat(BASE.metric(name.asText())).isEqualTo(known.getKey());
        names++;
      }
    }
    for (Map.Entry<String, JsonNode> known : list.path("settings").properties()) {
      assertThat(Arrays.stream(Setting.values()).map(Setting::id)).contains(known.getKey());
      for (JsonNode name : known.getValue()) {
        assertThat(BASE.setting(name.asText()).id()).isEqualTo(known.getKey());
        names++;
      }
    }
    assertThat(names).isGreaterThan(150);
    assertThat(BASE.part("holdout")).contains(Split.VALIDATION);
    assertThat(BASE.part("val")).contains(Split.VALIDATION);
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
    Vocabulary names = BASE.with(Runs.write(folder, "names.yaml", own));
    Tag tag = names.tag("blind/my_hits", null).orElseThrow();
    assertThat(tag.quantity()).isEqualTo("accuracy");
    assertThat(tag.split()).isEqualTo(Split.TEST);
    assertThat(names.setting("stride")).isEqualTo(Setting.LEARNING_RATE);
    Path log = Runs.write(folder, "log.csv", "pass,loss,blind_my_hits\n3,0.5,0.25\n4,0.4,0.5\n");
    Run run = read(log, names);
    // evaluated again and again, and nothing is called validation
    assertThat(run.series(Quantity.ACCURACY, Split.VALIDATION, Axis.EPOCH).orElseThrow().epoch(1))
        .isEqualTo(4);
    assertThat(BASE.setting("stride")).isNull();
  }

  @Test
  void namesInTheFolderOfOwnRulesAreTaken() throws IOException {
    Runs.write(folder, "names.yaml", "axes:\n  step: [tick]\n");
    assertThat(Diagnoser.with(folder, null).vocabulary().axis("tick")).contains(Axis.STEP);
    assertThat(Diagnoser.with(null, null).vocabulary().axis("tick")).isEmpty();
    Runs.write(folder, "names.yaml", "axis:\n  step: [tick]\n");
    assertThatThrownBy(() -> Diagnoser.with(folder, null))
        .isInstanceOf(KnowledgeException.class)
        .hasMessageContaining("names.yaml: 'axis' is none of");
  }

  @Test
  void namesThatChangedAreSeenInEveryFormat() throws IOException {
    Path log = Runs.write(folder, "train.log", "Epoch 1: my_hits=0.25\nEpoch 2: my_hits=0.5\n");
    Path csv = Runs.write(folder, "log.csv", "epoch,loss,my_hits\n1,0.9,0.25\n2,0.5,0.5\n");
    Path json =
        Runs.write(folder, "history.json", "{\"loss\": [0.9, 0.5], \"my_hits\": [0.25, 0.5]}");
    for (Path file : List.of(log, csv, json)) {
      assertThat(measured(file, BASE)).as("%s", file).doesNotContain("accuracy");
      Vocabulary hits = named("accuracy");
      assertThat(measured(file, hits)).as("%s", file).contains("accuracy");
      Vocabulary scores = named("f1");
      assertThat(measured(file, scores)).as("%s", file).contains("f1").doesNotContain("accuracy");
      assertThat(measured(file, hits)).as("%s", file).contains("accuracy").doesNotContain("f1");
    }
  }

  /** The names of the folder of own rules, after it was written anew. */
  private Vocabulary named(String metric) throws IOException {
    Path rules = Files.createDirectories(folder.resolve("rules"));
    Runs.write(rules, "names.yaml", "metrics: {" + metric + ": [my_hits]}");
    return Diagnoser.with(rules, null).vocabulary();
  }

  private static Set<String> measured(Path file, Vocabulary vocabulary) throws IOException {
    return read(file, vocabulary).series().keySet().stream()
        .map(SeriesKey::quantity)
        .collect(Collectors.toSet());
  }

  private static Run read(Path file, Vocabulary vocabulary) throws IOException {
    return RunFolder.read(file.toString(), file, Progress.NONE, List.of(), vocabulary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "metric: {a: [b]} | 'metric' is none of activations, axes, checkpoints, classes, families,",
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
    assertThatThrownBy(() -> BASE.with(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> BASE.with(folder.resolve("absent.yaml")))
        .hasMessageContaining("cannot be read");
  }
}
