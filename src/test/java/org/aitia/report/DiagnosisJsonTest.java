package org.aitia.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.run.RunBuilder;
import org.junit.jupiter.api.Test;

final class DiagnosisJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void diagnosesKeepToTheSchema() throws IOException {
    for (Diagnosis d :
        new Diagnosis[] {
          Sample.faulty("en"),
          Sample.faulty("zh"),
          Sample.hostile(),
          Sample.healthy("en"),
          Diagnoser.builtIn().diagnose(new RunBuilder("nothing").build(), Language.ZH)
        }) {
      String line = DiagnosisJson.lines().render(d);
      assertThat(line.lines()).hasSize(1);
      assertThat(schema().validate(MAPPER.readTree(line))).isEmpty();
      assertThat(MAPPER.readTree(DiagnosisJson.indented().render(d)))
          .isEqualTo(MAPPER.readTree(line));
    }
  }

  @Test
  void theSchemaRefusesWhatIsNotPromised() throws IOException {
    ObjectNode healthyWithCause =
        (ObjectNode) MAPPER.readTree(DiagnosisJson.lines().render(Sample.faulty("en")));
    healthyWithCause.put("verdict", "healthy");
    assertThat(schema().validate(healthyWithCause)).isNotEmpty();
    healthyWithCause.put("verdict", "perhaps");
    assertThat(schema().validate(healthyWithCause)).isNotEmpty();
  }

  @Test
  void numbersAreAsTheInterfacesShowThem() throws IOException {
    String line = DiagnosisJson.lines().render(Sample.faulty("en"));
    JsonNode json = MAPPER.readTree(line);
    assertThat(line).contains("\"value\":120,", "\"step\":120,", "\"probability\":0.913");
    assertThat(json.at("/observations/1/place/layer").isNull()).isTrue();
    assertThat(json.at("/observations/2/value").asText()).isEqualTo("Infinity");
    assertThat(json.has("curves")).isFalse();
    assertThat(json.at("/source").asText()).isEqualTo("runs/exp1");
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in =
        DiagnosisJsonTest.class.getResourceAsStream("/schema/diagnosis-1.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    }
  }
}
