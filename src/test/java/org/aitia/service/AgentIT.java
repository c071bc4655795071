package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools by the official client: of the packaged command, and of the packaged service. */
final class AgentIT {
  private static final String TOKEN = "sixteen-characters-and-more";
  private static final String NAN = "examples/learning-rate-too-high--loss-nan";
  private static final McpJsonMapper JSON = new JacksonMcpJsonMapper(JsonMapper.builder().build());

  @TempDir static Path folder;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    service =
        ServiceProcess.start(
            Files.createDirectories(folder.resolve("data")), Map.of("AITIA_TOKEN", TOKEN));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    service.close();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofMinutes(5))
        .initializationTimeout(Duration.ofMinutes(5))
        .jsonSchemaValidator(
            (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid(null))
        .build();
  }

  private static HttpClientStreamableHttpTransport http(String token) {
    return HttpClientStreamableHttpTransport.builder(service.address())
        .endpoint("/mcp")
        .jsonMapper(JSON)
        .customizeRequest(r -> r.header("Authorization", "Bearer " + token))
        .build();
  }

  private static McpSchema.CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(new McpSchema.CallToolRequest(tool, arguments));
  }

  private static void converse(McpSyncClient client, Map<String, Object> run) {
    assertThat(client.initialize().serverInfo().name()).isEqualTo("aitia");
    assertThat(client.listTools().tools().stream().map(McpSchema.Tool::name))
        .containsExactlyInAnyOrder("diagnose", "ask", "compare", "evidence", "explain");
    McpSchema.CallToolResult diagnosis = call(client, "diagnose", run);
    assertThat(diagnosis.isError()).isFalse();
    assertThat(diagnosis.structuredContent().toString()).contains("verdict=faulty");
    assertThat(call(client, "explain", Map.of("id", "dead-relu")).isError()).isFalse();
    McpSchema.ReadResourceResult causes =
        client.readResource(new McpSchema.ReadResourceRequest("aitia://causes/zh"));
    assertThat(((McpSchema.TextResourceContents) causes.contents().get(0)).text())
        .contains("dead-relu");
  }

  @Test
  void byStandardInputAndOutput() {
    McpSyncClient client =
        client(
            new StdioClientTransport(
                ServerParameters.builder(Path.of("aitia").toAbsolutePath().toString())
                    .args("mcp")
                    .build(),
                JSON));
    try {
      converse(client, Map.of("path", NAN));
    } finally {
      client.closeGracefully();
    }
  }

  @Test
  void overHttp() throws IOException {
    String log = Files.readString(Path.of(NAN, "metrics.csv"));
    McpSyncClient client = client(http(TOKEN));
    try {
      converse(client, Map.of("text", log, "name", "metrics.csv"));
      assertThat(call(client, "diagnose", Map.of("path", "/etc/passwd")).isError()).isTrue();
    } finally {
      client.closeGracefully();
    }
  }

  @Test
  void theTokenIsAskedForAndNoOtherSiteMayCall() throws Exception {
    McpSyncClient stranger = client(http("sixteen-characters-but-other"));
    assertThatThrownBy(stranger::initialize).isNotNull();
    byte[] ping =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    String json = "application/json";
    String bearer = "Bearer " + TOKEN;
    assertThat(service.send("POST", "/mcp", json, ping).statusCode()).isEqualTo(401);
    assertThat(
            service
                .send(
                    "POST",
                    "/mcp",
                    json,
                    ping,
                    "Authorization",
                    bearer,
                    "Origin",
                    "http://elsewhere.example")
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> answer = service.send("POST", "/mcp", json, ping, "Authorization", bearer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    byte[] large = new byte[5 << 20];
    assertThat(service.send("POST", "/mcp", json, large, "Authorization", bearer).statusCode())
        .isEqualTo(413);
    assertThat(service.get("/mcp", "Authorization", bearer).statusCode()).isEqualTo(405);
  }

  /** Nothing but the protocol on standard output, and all answered though nothing more comes. */
  @Test
  void whatIsPipedInIsAnsweredWhole() throws Exception {
    Process process =
        new ProcessBuilder("./aitia", "mcp").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var in = process.getOutputStream()) {
      for (String message :
          List.of(
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"diagnose\","
                  + "\"arguments\":{\"path\":\""
                  + NAN
                  + "\"}}}",
              "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}")) {
        in.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(lines).hasSize(2).allMatch(l -> l.startsWith("{\"jsonrpc\":\"2.0\""));
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
