package org.aitia.agent;

import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tools as an agent sees them: what they are for, what they take and what they give. */
final class Toolbox {
  private static final String RUN =
      "a run: a log, a metrics file, a training script, a record, or a folder of them";

  private final AgentTools tools;
  private final boolean paths;

  /**
   * The tools.
   *
   * @param paths whether files of this machine may be named
   */
  Toolbox(AgentTools tools, boolean paths) {
    this.tools = tools;
    this.paths = paths;
  }

  /** Answers a call. */
  private interface Action {
    AgentTools.Reply of(CallArguments given) throws Refused, IOException;
  }

  List<SyncToolSpecification> all() {
    Map<String, Object> run = named("", RUN);
    Map<String, Object> asked = new LinkedHashMap<>(run);
    asked.put(
        "answers",
        Map.of(
            "type",
            "object",
            "description",
            "all answers so far, question id to answer; unknown where you cannot find out",
            "additionalProperties",
            Map.of("type", List.of("string", "number", "boolean"))));
    Map<String, Object> two = new LinkedHashMap<>(run);
    two.putAll(named("other_", "the run to hold it against"));
    two.put(
        "as",
        Map.of(
            "type",
            "string",
            "enum",
            List.of("reference", "previous"),
            "description",
            "what the other run is: known to be good (default), or the one before the last repair"));
    return List.of(
        tool(
            "diagnose",
            "Why a training run is bad",
            "Names the likely root causes of a training run's low accuracy or failure, with evidence, repair and"
                + " the next step. Start here.",
            run,
            List.of("verdict", "summary", "causes", "add"),
            tools::diagnose),
        tool(
            "ask",
            "The question worth most",
            "Gives the question whose answer decides most, and how to find it out; call it again with all answers so"
                + " far. Use it when diagnose is undecided. Without a run it starts from nothing.",
            asked,
            List.of("verdict", "summary", "causes", "answered", "decided"),
            tools::ask),
        tool(
            "compare",
            "Two runs held against each other",
            "Tells how a run differs from one known to be good, or what a repair fixed, left and brought.",
            two,
            List.of("verdict", "summary", "causes"),
            tools::compare),
        tool(
            "evidence",
            "What would help most",
            "Lists what to add to a run so that more can be checked, what decides most first.",
            run,
            List.of("verdict", "summary", "add", "notChecked"),
            tools::evidence),
        tool(
            "explain",
            "A page of the knowledge base",
            "Explains a cause, symptom, rule, question, check or step by its id: what it looks like, how to confirm"
                + " and repair it.",
            Map.of("id", string("an id of an answer, such as learning-rate-too-high")),
            List.of("id", "page"),
            tools::explain));
  }

  /** What names a run. */
  private Map<String, Object> named(String role, String what) {
    Map<String, Object> found = new LinkedHashMap<>();
    if (paths) {
      found.put(role + "path", string(what));
    }
    found.put(
        role + "text", string((paths ? "in place of a path, " : "") + "the text of one file"));
    found.put(role + "name", string("the name of that file, such as train.py or metrics.csv"));
    return found;
  }

  private static Map<String, Object> string(String description) {
    return Map.of("type", "string", "description", description);
  }

  private static SyncToolSpecification tool(
      String name,
      String title,
      String description,
      Map<String, Object> takes,
      List<String> gives,
      Action action) {
    Map<String, Object> properties = new LinkedHashMap<>(takes);
    properties.put(
        "language",
        Map.of("type", "string", "enum", List.of("en", "zh"), "description", "of the answer"));
    List<String> required = takes.containsKey("id") ? List.of("id") : List.of();
    McpSchema.Tool tool =
        McpSchema.Tool.builder()
            .name(name)
            .title(title)
            .description(description)
            .inputSchema(
                new McpSchema.JsonSchema("object", properties, required, false, null, null))
            .outputSchema(Map.of("type", "object", "required", gives))
            .annotations(new McpSchema.ToolAnnotations(title, true, false, true, false, null))
            .build();
    Set<String> known = properties.keySet();
    return new SyncToolSpecification(
        tool, (context, call) -> result(call.arguments(), known, action));
  }

  private static McpSchema.CallToolResult result(
      Map<String, Object> given, Set<String> known, Action action) {
    try {
      AgentTools.Reply reply = action.of(new CallArguments(given, known));
      return McpSchema.CallToolResult.builder()
          .addTextContent(reply.text())
          .structuredContent(reply.content())
          .build();
    } catch (Refused e) {
      return failed(e.getMessage());
    } catch (IOException e) {
      return failed("the run cannot be read: " + e.getMessage());
    }
  }

  private static McpSchema.CallToolResult failed(String why) {
    return McpSchema.CallToolResult.builder().addTextContent(why).isError(true).build();
  }
}
