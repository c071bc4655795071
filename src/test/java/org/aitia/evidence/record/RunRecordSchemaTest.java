package org.aitia.evidence.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.knowledge.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The schema of a run record holds for what recorders wrote, and refuses what the reader sets
 * aside.
 */
final class RunRecordSchemaTest {
  /** Lines of each type that are looked at in a file. */
  private static final int ENOUGH = 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(
            RunRecordSchemaTest.class.getResourceAsStream("/schema/run-record-1.schema.json"));
  }

  @Test
  void recordsOfTheExamplesFollowIt() throws IOException {
    Set<String> types = new HashSet<>();
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of("examples"))) {
      files = found.filter(f -> f.toString().endsWith(".run.jsonl")).sorted().toList();
    }
    for (Path file : files) {
      Map<String, Integer> seen = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        JsonNode node = JSON.readTree(line);
        if (seen.merge(node.path("type").asText(), 1, Integer::sum) <= ENOUGH) {
          types.add(node.path("type").asText());
          assertThat(SCHEMA.validate(node)).as(file + ": " + line).isEmpty();
        }
      }
    }
    assertThat(types).contains("run", "config", "model", "data", "step", "layer", "epoch", "end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"run\"}",
        "{\"type\":\"run\",\"schema\":\"run-record/2\"}",
        "{\"type\":\"step\",\"step\":-1,\"loss\":1}",
        "{\"type\":\"step\",\"step\":1,\"loss\":\"low\"}",
        "{\"type\":\"layer\",\"step\":1}",
        "{\"type\":\"layer\",\"step\":1,\"name\":\"a\",\"gradient\":{\"zero_fraction\":1.5}}",
        "{\"type\":\"epoch\",\"split\":\"holdout\",\"loss\":1}",
        "{\"type\":\"end\",\"status\":\"fine\"}",
        "{\"step\":1}"
      })
  void whatIsNoRecordIsRefused(String line) throws IOException {
    assertThat(SCHEMA.validate(JSON.readTree(line))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"step\",\"step\":0,\"loss\":\"NaN\",\"mine\":[1,2]}",
        "{\"type\":\"of my own\",\"anything\":1}",
        "{\"type\":\"trouble\",\"step\":25,\"kind\":\"spike\"}",
        "{\"type\":\"probe\",\"name\":\"zero-inputs\",\"result\":\"no\"}"
      })
  void whatIsAddedIsBorne(String line) throws IOException {
    assertThat(SCHEMA.validate(JSON.readTree(line))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EN", "ZH"})
  void thePageNamesEveryTypeAndField(String language) throws IOException {
    String tag = Language.valueOf(language).tag();
    String page =
        new String(
            RunRecordSchemaTest.class
                .getResourceAsStream("/page/run-record." + tag + ".md")
                .readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);
    JsonNode schema =
        JSON.readTree(
            Files.readString(Path.of("src/main/resources/schema/run-record-1.schema.json")));
    JsonNode kinds = schema.path("allOf");
    assertThat(kinds).hasSize(10);
    kinds.forEach(
        kind -> assertThat(page).contains("`" + kind.at("/if/properties/type/const").asText()));
    List<String> fields =
        schema.path("$defs").findValues("properties").stream()
            .flatMap(fieldsOf -> Stream.concat(Stream.of(fieldsOf), inner(fieldsOf)))
            .flatMap(RunRecordSchemaTest::names)
            .distinct()
            .toList();
    assertThat(fields).contains("stage", "quantiles", "zero_fraction", "shared_with");
    assertThat(fields).allSatisfy(field -> assertThat(page).contains("`" + field + "`"));
  }

  private static Stream<JsonNode> inner(JsonNode properties) {
    return properties.findValues("properties").stream()
        .flatMap(found -> Stream.concat(Stream.of(found), inner(found)));
  }

  private static Stream<String> names(JsonNode properties) {
    return properties.properties().stream().map(Map.Entry::getKey);
  }
}
