package org.aitia.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.aitia.Diagnoser;
import reactor.core.publisher.Mono;

/**
 * The Model Context Protocol, message by message: what stands in front of it - standard input and
 * output, or requests over HTTP - only carries them. Nothing is kept between messages. Safe for
 * concurrent use.
 */
public final class Endpoint {
  private static final int PARSE_ERROR = -32700;
  private static final int INTERNAL_ERROR = -32603;

  private static final String INSTRUCTIONS =
      "Aitia names the root cause of a training run's low accuracy or failure. Call diagnose first; where it is"
          + " undecided, add what it names, or call ask and answer its questions. Repair, train again, and call"
          + " compare with the run before as previous.";

  private final McpJsonMapper json = new JacksonMcpJsonMapper(JsonMapper.builder().build());
  private final Carrier carrier = new Carrier();

  /**
   * An endpoint.
   *
   * @param diagnosers the diagnoser that stands, for each call
   * @param reach which files of this machine may be named
   */
  public Endpoint(Supplier<Diagnoser> diagnosers, Reach reach) {
    Toolbox tools = new Toolbox(new AgentTools(diagnosers, reach), reach != Reach.NOTHING);
    // What tools give is held against their schemas by tests, not at every call.
    JsonSchemaValidator trusting =
        (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid(null);
    McpServer.sync(carrier)
        .serverInfo("aitia", diagnosers.get().knowledge().version())
        .instructions(INSTRUCTIONS)
        .capabilities(
            McpSchema.ServerCapabilities.builder().tools(false).resources(false, false).build())
        .jsonMapper(json)
        .jsonSchemaValidator(trusting)
        .immediateExecution(true)
        .tools(tools.all())
        .resources(new CausePages(diagnosers).all())
        .build();
  }

  /** Keeps what answers messages. */
  private static final class Carrier implements McpStatelessServerTransport {
    private McpStatelessServerHandler handler;

    @Override
    public void setMcpHandler(McpStatelessServerHandler given) {
      handler = given;
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
      return List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");
    }
  }

  /**
   * Answers a message.
   *
   * @return one line of JSON; null where no answer is due
   */
  public String answer(String message) {
    McpSchema.JSONRPCMessage read;
    try {
      read = McpSchema.deserializeJsonRpcMessage(json, message);
    } catch (IOException | IllegalArgumentException e) {
      return written(refused(null, PARSE_ERROR, "no message of JSON-RPC: " + firstLine(e)));
    }
    if (read instanceof McpSchema.JSONRPCRequest request) {
      try {
        return written(carrier.handler.handleRequest(McpTransportContext.EMPTY, request).block());
      } catch (RuntimeException e) {
        return written(refused(request.id(), INTERNAL_ERROR, firstLine(e)));
      }
    }
    if (read instanceof McpSchema.JSONRPCNotification notification) {
      carrier.handler.handleNotification(McpTransportContext.EMPTY, notification).block();
    }
    return null;
  }

  private static McpSchema.JSONRPCResponse refused(Object id, int code, String why) {
    return new McpSchema.JSONRPCResponse(
        "2.0", id, null, new McpSchema.JSONRPCResponse.JSONRPCError(code, why, null));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private String written(McpSchema.JSONRPCResponse response) {
    try {
      return json.writeValueAsString(response);
    } catch (IOException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }
}
