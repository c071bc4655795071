package org.aitia.report.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Page;
import org.aitia.knowledge.SymptomType;
import org.aitia.report.Words;

/**
 * SARIF 2.1.0: one run of the tool, with the runs that were diagnosed as its results. A rule is a
 * cause, a finding or a symptom that is told.
 */
public final class SarifLog implements PipelineReport {
  /** Stands for the same thing from call to call. */
  static final String PRINT = "aitia/v1";

  /** The same in whatever run. */
  static final String PRINT_ANYWHERE = "aitiaAnyRun/v1";

  static final String VERDICT = "verdict";
  static final String RUNS = "runs";

  /** By this one GitHub tells alerts apart; without it, it counts lines of a file. */
  private static final String GITHUB_PRINT = "primaryLocationLineHash";

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  /** Stands for the working directory. */
  private static final String ROOT = "%SRCROOT%";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Knowledge knowledge;
  private final Words words;
  private final ObjectNode document = JSON.createObjectNode();
  private final ArrayNode rules = JSON.createArrayNode();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final ArrayNode results = JSON.createArrayNode();
  private final ArrayNode notifications = JSON.createArrayNode();
  private final ArrayNode diagnosed = JSON.createArrayNode();
  private boolean whole = true;

  public SarifLog(Knowledge knowledge, Words words) {
    this.knowledge = knowledge;
    this.words = words;
  }

  @Override
  public void add(RunTold run) {
    ObjectNode of = diagnosed.addObject().put("source", run.source());
    if (run.read()) {
      of.put(VERDICT, run.diagnosis().verdict().id());
    } else {
      whole = false;
    }
    run.told().forEach(t -> result(run, t));
    for (RunTold.Notice notice : run.notices()) {
      whole &= !notice.fault();
      ObjectNode notification = notifications.addObject();
      notification.put("level", run.read() && !notice.fault() ? "warning" : "error");
      notification.putObject("message").put("text", plain(notice.text()));
      if (notice.uri() != null) {
        artifact(notification.putArray("locations").addObject(), notice.uri());
      }
    }
  }

  private void result(RunTold run, Told told) {
    ObjectNode result = results.addObject();
    result.put("ruleId", told.rule());
    result.put("ruleIndex", places.computeIfAbsent(told.rule(), r -> rule(told)));
    if (told.kind() == Told.Kind.OPEN) {
      result.put("kind", "open");
    }
    result.put("level", told.level().name().toLowerCase(Locale.ROOT));
    String text =
        told.kind() == Told.Kind.CAUSE
            ? told.title() + words.say("colon") + told.text()
            : told.text();
    result.putObject("message").put("text", plain(text));
    spot(result.putArray("locations").addObject(), told.first(), false);
    if (told.spots().size() > 1) {
      ArrayNode related = result.putArray("relatedLocations");
      told.spots().forEach(s -> spot(related.addObject(), s, true));
    }
    result
        .putObject("partialFingerprints")
        .put(PRINT, Prints.of(run, told))
        .put(PRINT_ANYWHERE, Prints.anywhere(told))
        .put(GITHUB_PRINT, Prints.of(run, told));
    ObjectNode properties = result.putObject("properties");
    properties.put("run", run.source()).put(VERDICT, run.diagnosis().verdict().id());
    if (told.probability() != null) {
      result.put("rank", 100 * told.probability());
      properties.put("probability", told.probability());
    }
  }

  /** Adds a rule. */
  private int rule(Told told) {
    ObjectNode rule = rules.addObject().put("id", told.rule());
    Cause cause = told.kind() == Told.Kind.CAUSE ? knowledge.causes().get(told.rule()) : null;
    if (cause != null) {
      Page page = cause.page(words.language());
      rule.putObject("shortDescription").put("text", page.name());
      rule.putObject("fullDescription").put("text", plain(page.summary()));
      rule.putObject("help")
          .put("text", plain(page.summary() + "\n\n" + page.repair()))
          .put("markdown", page.summary() + "\n\n" + page.body());
      rule.putObject("properties").putArray("tags").add(cause.family());
    } else {
      SymptomType type = knowledge.symptoms().get(told.rule());
      String text =
          type == null ? told.title() : type.text().in(words.language()).replaceAll(HOLES, "");
      rule.putObject("shortDescription").put("text", plain(text.strip()));
      rule.putObject("help").put("text", plain(text.strip()));
      rule.putObject("properties")
          .putArray("tags")
          .add(told.kind().name().toLowerCase(Locale.ROOT));
    }
    return rules.size() - 1;
  }

  /** What is filled in at each place: the quoted line, a value. */
  private static final String HOLES = "[:：]? ?\\{[a-z]{1,40}\\}";

  private static void spot(ObjectNode location, Told.Spot spot, boolean told) {
    ObjectNode physical = artifact(location, spot.uri());
    if (spot.line() != null) {
      physical.putObject("region").put("startLine", spot.line());
    }
    if (spot.name() != null) {
      location.putArray("logicalLocations").addObject().put("fullyQualifiedName", spot.name());
    }
    if (told) {
      location.putObject("message").put("text", plain(spot.text()));
    }
  }

  private static ObjectNode artifact(ObjectNode location, String uri) {
    ObjectNode physical = location.putObject("physicalLocation");
    ObjectNode artifact = physical.putObject("artifactLocation").put("uri", uri);
    if (!uri.startsWith("file:")) {
      artifact.put("uriBaseId", ROOT);
    }
    return physical;
  }

  /** What a file says must not become a link. */
  private static String plain(String text) {
    return text.replace("](", "\\](");
  }

  @Override
  public String document() {
    document.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = document.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Aitia").put("version", knowledge.version()).set("rules", rules);
    run.put("language", words.language() == Language.ZH ? "zh-CN" : "en-US");
    run.put("columnKind", "utf16CodeUnits");
    run.putObject("originalUriBaseIds")
        .putObject(ROOT)
        .putObject("description")
        .put("text", words.say("pipeline-root"));
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", whole);
    invocation.set("toolExecutionNotifications", notifications);
    run.set("results", results);
    run.putObject("properties").set(RUNS, diagnosed);
    return document.toPrettyString() + "\n";
  }
}
