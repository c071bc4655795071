package org.aitia.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Problem;
import org.junit.jupiter.api.Test;

/** Messages are what the AsyncAPI document says of them. */
final class MessagesTest {
  private static final Letter.Place PLACE = new Letter.Place("runs", 3, 7, 1_000);
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private static JsonNode document() throws IOException {
    return new YAMLMapper().readTree(Path.of("src/main/resources/META-INF/asyncapi.yaml").toFile());
  }

  private static Letter letter(Map<String, String> headers) {
    return Letter.of(PLACE, null, headers, BODY);
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    JsonNode document = document();
    List<String> references = new ArrayList<>();
    document.findValues("$ref").forEach(r -> references.add(r.asText()));
    assertThat(references).hasSizeGreaterThan(10);
    assertThat(references).noneMatch(r -> document.at(r.substring(1)).isMissingNode());
  }

  @Test
  void kindsAndVerdictsAreThoseOfTheDocument() throws IOException {
    JsonNode schemas = document().at("/components/schemas");
    List<String> kinds = new ArrayList<>();
    schemas.at("/headers/properties/aitia-kind/enum").forEach(k -> kinds.add(k.asText()));
    assertThat(kinds).hasSize(Letter.Kind.values().length);
    assertThat(kinds).allSatisfy(k -> assertThat(Letter.Kind.of(k).id()).isEqualTo(k));
    TreeSet<String> verdicts = new TreeSet<>();
    schemas.at("/told/properties/verdict/enum").forEach(v -> verdicts.add(v.asText()));
    TreeSet<String> known = new TreeSet<>();
    for (Verdict verdict : Verdict.values()) {
      known.add(verdict.id());
    }
    assertThat(verdicts).isEqualTo(known);
  }

  @Test
  void aMessageIsKnownAgainByItsPlaceOrItsKey() {
    Map<String, String> plain = Map.of("aitia-kind", "symptom-report");
    Map<String, String> keyed = Map.of("aitia-kind", "symptom-report", "aitia-key", "job");
    Map<String, String> other =
        Map.of("aitia-kind", "symptom-report", "aitia-key", "job", "aitia-tenant", "vision");
    assertThat(letter(plain).identity()).isEqualTo(letter(plain).identity());
    Letter elsewhere = Letter.of(new Letter.Place("runs", 3, 8, 1_000), null, plain, BODY);
    Letter anew = Letter.of(new Letter.Place("runs", 3, 7, 2_000), null, plain, BODY);
    assertThat(letter(plain).identity()).isNotIn(elsewhere.identity(), anew.identity());
    Letter again = Letter.of(new Letter.Place("runs", 4, 9, 1_000), null, keyed, BODY);
    assertThat(letter(keyed).identity()).isEqualTo(again.identity());
    assertThat(letter(other).identity()).isNotEqualTo(again.identity());
    assertThat(letter(other).labels()).containsEntry("tenant", "vision");
  }

  @Test
  void theBodyMayNameTheKindAndTheVersionMayBeOlderOnly() {
    byte[] body = "{\"kind\":\"pointer\",\"path\":\"a\"}".getBytes(StandardCharsets.UTF_8);
    Letter letter = Letter.of(PLACE, null, Map.of("aitia-version", "1"), body);
    assertThat(letter.kind()).isEqualTo(Letter.Kind.POINTER);
    assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo("{\"path\":\"a\"}");
    assertThatThrownBy(() -> Letter.of(PLACE, null, Map.of("aitia-version", "2"), body))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo("unknown-version"));
    assertThatThrownBy(() -> letter(Map.of("aitia-kind", "symptoms")))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo("unknown-kind"));
  }

  @Test
  void aTenantIsAName() {
    assertThatThrownBy(() -> letter(Map.of("aitia-kind", "symptom-report", "aitia-tenant", "a b")))
        .isInstanceOf(Problem.class);
  }
}
