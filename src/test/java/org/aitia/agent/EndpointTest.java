package org.aitia.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol's messages, and what the tools answer. */
final class EndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAN = "examples/learning-rate-too-high--loss-nan";
  private static final String HEALTHY = "examples/healthy--small-batches";

  /** The optimizer steps without zero_grad, on line 11. */
  private static final String SCRIPT =
      """
      import torch
      from torch import nn

      model = nn.Linear(20, 3)
      criterion = nn.CrossEntropyLoss()
      optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
      for epoch in range(10):
          for xb, yb in loader:
              loss = criterion(model(xb), yb)
              loss.backward()
              optimizer.step()
      """;

  private static Diagnoser diagnoser;
  private static Endpoint open;
  private static Endpoint closed;
  private static final Map<String, JsonNode> SCHEMAS = new HashMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void begin() throws IOException {
    diagnoser = Diagnoser.builtIn();
    open = new Endpoint(() -> diagnoser, Reach.of(List.of()));
    closed = new Endpoint(() -> diagnoser, Reach.NOTHING);
    for (JsonNode tool : asked(open, "tools/list", Map.of()).at("/result/tools")) {
      SCHEMAS.put(tool.path("name").asText(), tool.path("outputSchema"));
    }
  }

  private static JsonNode asked(Endpoint endpoint, String method, Object params)
      throws IOException {
    String message =
        JSON.writeValueAsString(
            Map.of("jsonrpc", "2.0", "id", 7, "method", method, "params", params));
    String answer = endpoint.answer(message);
    assertThat(answer.lines()).hasSize(1);
    JsonNode read = JSON.readTree(answer);
    assertThat(read.path("id").asInt()).isEqualTo(7);
    return read;
  }

  /** What a tool answers, once it keeps to what the tool promises. */
  private static JsonNode called(Endpoint endpoint, String tool, Map<String, Object> arguments)
      throws IOException {
    JsonNode result =
        asked(endpoint, "tools/call", Map.of("name", tool, "arguments", arguments)).path("result");
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
    assertThat(result.at("/content/0/text").asText()).isNotBlank();
    JsonNode content = result.path("structuredContent");
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SCHEMAS.get(tool))
                .validate(content))
        .isEmpty();
    return content;
  }

  private static String refused(Endpoint endpoint, String tool, Map<String, Object> arguments)
      throws IOException {
    JsonNode result =
        asked(endpoint, "tools/call", Map.of("name", tool, "arguments", arguments)).path("result");
    assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
    return result.at("/content/0/text").asText();
  }

  private static List<String> ids(JsonNode items) {
    List<String> found = new ArrayList<>();
    items.forEach(i -> found.add(i.path("id").asText()));
    return found;
  }

  @Test
  void aClientIsGreetedInItsVersion() throws IOException {
    Map<String, Object> client = Map.of("name", "test", "version", "1");
    for (String version : List.of("2024-11-05", "2025-06-18", "2025-11-25")) {
      JsonNode result =
          asked(
                  open,
                  "initialize",
                  Map.of(
                      "protocolVersion", version, "capabilities", Map.of(), "clientInfo", client))
              .path("result");
      assertThat(result.path("protocolVersion").asText()).isEqualTo(version);
      assertThat(result.at("/serverInfo/name").asText()).isEqualTo("aitia");
      assertThat(result.path("instructions").asText()).contains("diagnose");
    }
    assertThat(open.answer("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
        .isNull();
    assertThat(asked(open, "ping", Map.of()).has("result")).isTrue();
  }

  @Test
  void aRunIsDiagnosedByItsPath() throws IOException {
    JsonNode faulty = called(open, "diagnose", Map.of("path", NAN));
    assertThat(faulty.path("verdict").asText()).isEqualTo("faulty");
    assertThat(ids(faulty.path("causes"))).startsWith("learning-rate-too-high");
    JsonNode cause = faulty.at("/causes/0");
    assertThat(cause.path("repair").asText()).isNotBlank();
    assertThat(cause.at("/evidence/0/where/0").asText()).isNotBlank();
    assertThat(faulty.at("/next/do").asText()).isNotBlank();
    JsonNode healthy = called(open, "diagnose", Map.of("path", HEALTHY));
    assertThat(healthy.path("verdict").asText()).isEqualTo("healthy");
    assertThat(healthy.path("causes")).isEmpty();
    assertThat(called(open, "diagnose", Map.of("path", NAN, "language", "zh")).path("summary"))
        .asString()
        .containsPattern("\\p{IsHan}");
  }

  @Test
  void aTextIsReadAsTheFileOfItsName() throws IOException {
    JsonNode script = called(closed, "diagnose", Map.of("text", SCRIPT, "name", "train.py"));
    assertThat(ids(script.path("causes"))).contains("wrong-optimizer-implementation");
    assertThat(script.path("causes").toString()).contains("train.py:11");
    StringBuilder log = new StringBuilder();
    for (int i = 1; i <= 30; i++) {
      log.append("Epoch ")
          .append(i)
          .append("/30 loss: ")
          .append(i < 9 ? "2.31" : "nan")
          .append('\n');
    }
    JsonNode printed = called(closed, "diagnose", Map.of("text", log.toString()));
    assertThat(printed.path("verdict").asText()).isEqualTo("faulty");
  }

  @Test
  void aServiceNamesNoFilesOfItsMachine() throws IOException {
    assertThat(refused(closed, "diagnose", Map.of("path", NAN))).contains("text");
    for (JsonNode tool : asked(closed, "tools/list", Map.of()).at("/result/tools")) {
      assertThat(tool.at("/inputSchema/properties").has("path")).isFalse();
    }
    for (String name : List.of("../x.py", "/etc/x.py", "a/b.py", "..", "", "a\nb")) {
      assertThat(refused(closed, "diagnose", Map.of("text", SCRIPT, "name", name)))
          .contains("plain name");
    }
  }

  @Test
  void rootsAreNotLeft() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("train.py"), SCRIPT);
    Files.writeString(folder.resolve("secret.py"), SCRIPT);
    Files.createSymbolicLink(root.resolve("link.py"), folder.resolve("secret.py"));
    Endpoint bounded = new Endpoint(() -> diagnoser, Reach.of(List.of(root)));
    called(bounded, "diagnose", Map.of("path", root.resolve("train.py").toString()));
    for (String out : List.of("root/../secret.py", "root/link.py", "secret.py")) {
      assertThat(refused(bounded, "diagnose", Map.of("path", folder.resolve(out).toString())))
          .contains("outside");
    }
  }

  @Test
  void callsThatCannotBeAnsweredSayWhatWould() throws IOException {
    assertThat(refused(open, "diagnose", Map.of())).contains("'path' or 'text'");
    assertThat(refused(open, "diagnose", Map.of("path", "nowhere"))).contains("nothing at");
    assertThat(refused(open, "diagnose", Map.of("file", NAN))).contains("'file'", "path");
    assertThat(refused(open, "diagnose", Map.of("path", 3))).contains("'path' is a text");
    assertThat(refused(open, "diagnose", Map.of("text", "nothing of a run")))
        .contains("can be read");
    assertThat(refused(open, "explain", Map.of("id", "dead"))).contains("dead-relu");
    assertThat(refused(open, "ask", Map.of("answers", Map.of("no-such", "yes"))))
        .contains("no-such");
    assertThat(JSON.readTree(open.answer("{")).at("/error/code").asInt()).isEqualTo(-32700);
    assertThat(asked(open, "no/such", Map.of()).at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(asked(open, "tools/call", Map.of("name", "no")).has("error")).isTrue();
  }

  /** Nothing is kept: whoever sends the answers again stands where he stood. */
  @Test
  void answersLeadOn() throws IOException {
    JsonNode first = called(open, "ask", Map.of());
    String question = first.at("/question/id").asText();
    assertThat(first.at("/question/answers").size()).isGreaterThan(1);
    String answer = first.at("/question/answers").fieldNames().next();
    JsonNode second = called(open, "ask", Map.of("answers", Map.of(question, answer)));
    assertThat(second.at("/answered/" + question).asText()).isEqualTo(answer);
    assertThat(second.at("/question/id").asText()).isNotEqualTo(question);
    assertThat(called(open, "ask", Map.of("answers", Map.of(question, answer)))).isEqualTo(second);
    assertThat(called(open, "ask", Map.of())).isEqualTo(first);
  }

  @Test
  void runsAreHeldAgainstEachOther() throws IOException {
    JsonNode reference = called(open, "compare", Map.of("path", NAN, "other_path", HEALTHY));
    assertThat(reference.path("compared").asText()).isNotBlank();
    assertThat(reference.path("differences")).isNotEmpty();
    String cleared =
        SCRIPT.replace(
            "        loss.backward()", "        optimizer.zero_grad()\n        loss.backward()");
    JsonNode repaired =
        called(
            open,
            "compare",
            Map.of(
                "text",
                cleared,
                "name",
                "train.py",
                "other_text",
                SCRIPT,
                "other_name",
                "train.py",
                "as",
                "previous"));
    assertThat(repaired.path("fixed").toString()).contains("optimizer");
    assertThat(repaired.path("new")).isEmpty();
    assertThat(refused(open, "compare", Map.of("path", NAN, "other_path", NAN, "as", "x")))
        .contains("reference or previous");
  }

  @Test
  void whatWouldHelpMostComesFirst() throws IOException {
    JsonNode add = called(open, "evidence", Map.of("path", NAN)).path("add");
    assertThat(add).isNotEmpty();
    add.forEach(a -> assertThat(a.path("how").asText()).isNotBlank());
  }

  @Test
  void causesAreResources() throws IOException {
    JsonNode resources = asked(open, "resources/list", Map.of()).at("/result/resources");
    List<String> uris = new ArrayList<>();
    resources.forEach(r -> uris.add(r.path("uri").asText()));
    int causes = diagnoser.knowledge().causes().size();
    assertThat(uris).hasSize(2 * causes + 2).doesNotHaveDuplicates();
    for (String uri : List.of("aitia://causes", "aitia://causes/dead-relu")) {
      assertThat(text(uri)).contains("dead-relu").doesNotContainPattern("\\p{IsHan}");
      assertThat(text(uri + "/zh")).contains("dead-relu").containsPattern("\\p{IsHan}");
    }
    assertThat(asked(open, "resources/read", Map.of("uri", "aitia://causes/none")).has("error"))
        .isTrue();
    assertThat(called(open, "explain", Map.of("id", "dead-relu")).path("page").asText())
        .isEqualTo(text("aitia://causes/dead-relu"));
  }

  private static String text(String uri) throws IOException {
    return asked(open, "resources/read", Map.of("uri", uri)).at("/result/contents/0/text").asText();
  }

  /** All is answered before the end, one line each, whatever the texts hold. */
  @Test
  void linesAreAnsweredWithLines() throws Exception {
    StringBuilder lines = new StringBuilder("\n");
    for (int id = 0; id < 5; id++) {
      lines
          .append(
              JSON.writeValueAsString(
                  Map.of(
                      "jsonrpc",
                      "2.0",
                      "id",
                      id,
                      "method",
                      "tools/call",
                      "params",
                      Map.of(
                          "name",
                          "diagnose",
                          "arguments",
                          Map.of("text", SCRIPT + "# \u2028 \u0085", "name", "train.py")))))
          .append('\n');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StandardStreams.serve(
        closed, new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)), out);
    List<Integer> answered = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      answered.add(JSON.readTree(line).path("id").asInt());
    }
    assertThat(answered).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }
}
