package org.aitia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aitia.cli.output.Surroundings;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.report.Sample;
import org.aitia.report.Words;
import org.aitia.report.pipeline.GithubCommands;
import org.aitia.report.pipeline.JunitSuite;
import org.aitia.report.pipeline.PipelineReport;
import org.aitia.report.pipeline.SarifLog;
import org.aitia.report.pipeline.Teller;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import picocli.CommandLine;

/** What CI systems read: SARIF by its schema, GitHub's commands by their grammar, JUnit's XML. */
final class PipelineFormatsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** {@code ::command key=value,key=value::text} */
  private static final Pattern COMMAND =
      Pattern.compile("::(error|warning|notice) ((?:[a-z]+=[^:,]*,?)*)::(.*)");

  /** Steps on line 15 without zero_grad; softmax before a loss that wants logits, on line 13. */
  private static final String SCRIPT =
      """
      import torch
      from torch import nn
      from torch.utils.data import DataLoader, TensorDataset

      x = torch.randn(512, 20)
      y = torch.randint(0, 3, (512,))
      loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)
      model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3), nn.Softmax(dim=1))
      criterion = nn.CrossEntropyLoss()
      optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
      for epoch in range(10):
          for xb, yb in loader:
              loss = criterion(model(xb), yb)
              loss.backward()
              optimizer.step()
          print(epoch, loss.item())
      """;

  private static final String CLEARED =
      SCRIPT.replace("        loss.backward()", "        optimizer.zero_grad(); loss.backward()");

  private Path folder;
  private String out;
  private String err;

  @BeforeEach
  void below() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "pipeline");
    Files.writeString(folder.resolve("train.py"), SCRIPT);
  }

  @AfterEach
  void cleared() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private int run(String... args) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    CommandLine line =
        Main.commandLine(new Surroundings(Map.of("LANG", "en_US.UTF-8"), false, false, false, 100));
    line.setOut(new PrintWriter(stdout));
    line.setErr(new PrintWriter(stderr));
    List<String> all = new ArrayList<>(List.of("diagnose"));
    all.addAll(List.of(args));
    int code = line.execute(all.toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    out = stdout.toString();
    err = stderr.toString();
    return code;
  }

  private String script() {
    return folder.resolve("train.py").toString();
  }

  /** The document, once it keeps to the schema that OASIS published. */
  private static JsonNode sarif(String text) throws IOException {
    try (InputStream in =
        PipelineFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(in);
      JsonNode document = JSON.readTree(text);
      assertThat(schema.validate(document)).isEmpty();
      return document.at("/runs/0");
    }
  }

  private static Document xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<ReportTestCase> tests(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new TestSuiteXmlParser(new NullConsoleLogger())
        .parse(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8))
        .get(0)
        .getTestCases();
  }

  /** The text of a command as the runner takes it apart. */
  private static String decoded(String text) {
    return text.replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%");
  }

  private static List<Matcher> commands(String text) {
    List<Matcher> found = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        Matcher command = COMMAND.matcher(line);
        assertThat(command.matches()).as(line).isTrue();
        found.add(command);
      }
    }
    return found;
  }

  private static Map<String, String> prints(JsonNode run) {
    Map<String, String> found = new TreeMap<>();
    run.path("results")
        .forEach(
            r ->
                found.put(
                    r.at("/partialFingerprints/aitia~1v1").asText(), r.path("ruleId").asText()));
    return found;
  }

  private static List<Integer> lines(JsonNode run) {
    List<Integer> found = new ArrayList<>();
    run.path("results")
        .forEach(r -> found.add(r.at("/locations/0/physicalLocation/region/startLine").asInt()));
    return found;
  }

  @Test
  void sarifNamesFileLineAndRule() throws IOException {
    assertThat(run("--format", "sarif", script())).isZero();
    JsonNode run = sarif(out);
    List<String> told = new ArrayList<>();
    for (JsonNode result : run.path("results")) {
      JsonNode physical = result.at("/locations/0/physicalLocation");
      assertThat(physical.at("/artifactLocation/uri").asText()).isEqualTo(script());
      assertThat(physical.at("/artifactLocation/uriBaseId").asText()).isEqualTo("%SRCROOT%");
      JsonNode rule = run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(rule.at("/help/text").asText()).isNotEmpty();
      told.add(
          result.path("ruleId").asText()
              + ":"
              + physical.at("/region/startLine").asInt()
              + ":"
              + result.path("level").asText());
    }
    assertThat(told)
        .contains(
            "wrong-loss-function:13:error",
            "wrong-optimizer-implementation:15:error",
            "script-no-zero-grad:15:warning",
            "script-logits-loss-on-probabilities:13:warning");
    assertThat(run.path("language").asText()).isEqualTo("en-US");
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isTrue();
    assertThat(run("--format", "sarif", "--lang", "zh", script())).isZero();
    assertThat(sarif(out).path("language").asText()).isEqualTo("zh-CN");
    assertThat(sarif(out).at("/tool/driver/rules/0/shortDescription/text").asText())
        .matches(".*\\p{IsHan}.*");
  }

  @Test
  void fingerprintsStayWhenLinesAboveMove() throws IOException {
    run("--format", "sarif", script());
    JsonNode before = sarif(out);
    Files.writeString(folder.resolve("train.py"), "# one\n# two\n# three\n" + SCRIPT);
    run("--format", "sarif", script());
    JsonNode after = sarif(out);
    assertThat(lines(after)).isEqualTo(lines(before).stream().map(l -> l + 3).toList());
    assertThat(prints(after)).isEqualTo(prints(before)).hasSize(4);
  }

  @Test
  void aHealthyRunHasNoResults() throws Exception {
    String healthy = "examples/healthy--small-batches";
    assertThat(run("--format", "sarif", healthy)).isZero();
    assertThat(sarif(out).path("results")).isEmpty();
    assertThat(run("--format", "github", healthy)).isZero();
    assertThat(out).isEmpty();
    assertThat(run("--format", "junit", healthy)).isZero();
    assertThat(tests(out)).singleElement().matches(ReportTestCase::isSuccessful);
  }

  /** Of a log the file is named, and the column in place of a line. */
  @Test
  void evidenceOfDataAndLogsHasItsPlace() throws IOException {
    String run = "examples/learning-rate-too-high--loss-nan";
    run("--format", "sarif", run);
    JsonNode result = sarif(out).at("/results/0");
    assertThat(result.path("ruleId").asText()).isEqualTo("learning-rate-too-high");
    List<String> files = new ArrayList<>();
    result
        .path("relatedLocations")
        .forEach(l -> files.add(l.at("/physicalLocation/artifactLocation/uri").asText()));
    assertThat(files).isNotEmpty().allMatch(f -> Files.exists(Path.of(f)));
    assertThat(result.at("/relatedLocations/0/logicalLocations/0/fullyQualifiedName").asText())
        .isNotEmpty();
  }

  @Test
  void whatCannotBeReadIsToldInEachFormat() throws Exception {
    String gone = folder.resolve("gone").toString();
    assertThat(run("--format", "sarif", gone, script())).isEqualTo(3);
    JsonNode run = sarif(out);
    assertThat(run.at("/invocations/0/executionSuccessful").asBoolean(true)).isFalse();
    assertThat(run.at("/invocations/0/toolExecutionNotifications/0/message/text").asText())
        .contains(gone);
    assertThat(run("--format", "github", gone)).isEqualTo(3);
    assertThat(commands(out)).singleElement().matches(c -> c.group(1).equals("error"));
    assertThat(run("--format", "junit", gone, script())).isEqualTo(3);
    assertThat(tests(out))
        .satisfiesExactly(
            t -> assertThat(t.hasError()).isTrue(),
            t -> assertThat(t.getFailureType()).isEqualTo("wrong-loss-function"));
  }

  @Test
  void undecidedIsSkippedAndSaysWhy() throws Exception {
    Files.writeString(folder.resolve("metrics.csv"), "epoch,loss\n0,1.0\n1,0.9\n");
    Files.delete(folder.resolve("train.py"));
    run("--format", "jsonl", folder.toString());
    assertThat(JSON.readTree(out).path("verdict").asText()).isEqualTo("undecided");
    assertThat(run("--format", "junit", folder.toString())).isZero();
    Element test = (Element) xml(out).getElementsByTagName("skipped").item(0);
    assertThat(test.getAttribute("message")).isNotBlank();
    assertThat(xml(out).getDocumentElement().getAttribute("skipped")).isEqualTo("1");
  }

  @Test
  void annotationsStandAtTheirLine() {
    run("--format", "github", script());
    assertThat(commands(out).stream().map(c -> c.group(1) + " " + c.group(2)))
        .containsExactly(
            "error file=" + script() + ",line=13,title=Wrong loss function (99 %25)",
            "error file=" + script() + ",line=15,title=Wrong optimizer implementation (99 %25)");
  }

  /** Names that hold commands, markup and characters that XML has no way to say. */
  @Test
  void hostileNamesComeOutWellFormed() throws Exception {
    String name = "a%0A::set-env name=X::1\n::error::b,c:d<&\"']]>\u0001\u001b[31m";
    Path hostile = Files.createDirectories(folder.resolve(name));
    Files.writeString(hostile.resolve("train.py"), SCRIPT);
    run("--format", "sarif", hostile.toString());
    assertThat(sarif(out).path("results")).hasSize(4);
    assertThat(sarif(out).at("/results/0/properties/run").asText()).isEqualTo(hostile.toString());
    run("--format", "github", hostile.toString());
    assertThat(commands(out)).hasSize(2);
    assertThat(decoded(commands(out).get(0).group(3)))
        .contains("a%0A::set-env name=X::1\n::error::b,c:d");
    run("--format", "junit", hostile.toString());
    Element test = (Element) xml(out).getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("name")).contains("c:d<&\"']]>\uFFFD\uFFFD[31m");
    assertThat(tests(out)).hasSize(1);
  }

  @Test
  void namesThatAreNoTextComeOutWellFormed() throws Exception {
    Process made =
        new ProcessBuilder("sh", "-c", "d=$(printf 'n\\377o'); mkdir \"$d\" && cp train.py \"$d\"/")
            .directory(folder.toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    run("--each", "--format", "sarif", folder.toString());
    String uri = "/results/0/locations/0/physicalLocation/artifactLocation/uri";
    assertThat(sarif(out).at(uri).asText()).endsWith("n%FFo/train.py");
    run("--each", "--format", "github", folder.toString());
    assertThat(commands(out)).hasSize(2);
    run("--each", "--format", "junit", folder.toString());
    assertThat(tests(out)).hasSize(1);
  }

  @Test
  void hostileTextsComeOutWellFormed() throws Exception {
    Diagnosis hostile = Sample.hostile();
    Teller teller = new Teller(Sample.knowledge());
    for (PipelineReport report :
        List.of(
            new SarifLog(Sample.knowledge(), new Words(Sample.knowledge(), Language.EN)),
            new GithubCommands(),
            new JunitSuite())) {
      report.add(teller.tell(hostile, f -> "x"));
      report.add(teller.unread(hostile, f -> "x", List.of(Sample.HOSTILE + "\r\n\uD800")));
      String text = report.document();
      if (report instanceof SarifLog) {
        assertThat(sarif(text).path("results")).isNotEmpty();
        assertThat(sarif(text).at("/results/0/message/text").asText())
            .contains("[x\\](")
            .doesNotContain("[x](");
      } else if (report instanceof GithubCommands) {
        assertThat(commands(text)).hasSizeGreaterThan(1);
        assertThat(text).doesNotContain("\u001b");
      } else {
        assertThat(tests(text)).hasSize(2);
      }
    }
  }

  @Test
  void aFilesNameAsksForItsFormat() throws Exception {
    Path to = folder.resolve("out.sarif");
    run("--output", to.toString(), script());
    assertThat(sarif(Files.readString(to)).path("results")).hasSize(4);
    Path junit = folder.resolve("out.xml");
    run("--output", junit.toString(), script());
    assertThat(tests(Files.readString(junit))).hasSize(1);
  }

  @Test
  void onlyWhatIsNewSinceTheBaselineIsToldAndFails() throws IOException {
    Files.writeString(folder.resolve("train.py"), CLEARED);
    for (String format : List.of("json", "jsonl", "sarif")) {
      Path before = folder.resolve("before." + format);
      Files.writeString(folder.resolve("train.py"), CLEARED);
      run("--output", before.toString(), script());
      assertThat(
              run("--format", "sarif", "--baseline", before + "", "--fail-on", "faulty", script()))
          .isZero();
      assertThat(sarif(out).path("results")).isEmpty();
      assertThat(err).contains("0 new, 2 known, 0 gone");
      Files.writeString(folder.resolve("train.py"), SCRIPT);
      assertThat(
              run("--format", "sarif", "--baseline", before + "", "--fail-on", "faulty", script()))
          .isEqualTo(1);
      assertThat(prints(sarif(out)).values())
          .containsExactlyInAnyOrder("wrong-optimizer-implementation", "script-no-zero-grad");
      assertThat(err).contains("2 new, 2 known, 0 gone");
    }
  }

  @Test
  void whatWentAwayIsCounted() throws IOException {
    Path before = folder.resolve("before.jsonl");
    run("--output", before.toString(), script());
    Files.writeString(folder.resolve("train.py"), CLEARED);
    assertThat(run("--baseline", before.toString(), "--fail-on", "faulty", script())).isZero();
    assertThat(out).contains("nothing new").doesNotContain("Faulty");
    assertThat(err).contains("0 new, 2 known, 2 gone");
    run("--baseline", before.toString(), "--format", "json", script());
    assertThat(JSON.readTree(out).path("verdict").asText()).isEqualTo("faulty");
  }

  /** A run that is written to another folder each time is the same run. */
  @Test
  void oneRunIsHeldAgainstOneWhateverItIsCalled() throws IOException {
    Path before = folder.resolve("before.sarif");
    run("--output", before.toString(), script());
    Path later = Files.createDirectories(folder.resolve("later"));
    Files.copy(folder.resolve("train.py"), later.resolve("train.py"));
    assertThat(run("--baseline", before + "", "--fail-on", "faulty", later.toString())).isZero();
    assertThat(run("--baseline", before + "", "--fail-on", "faulty", later + "", script()))
        .isEqualTo(1);
  }

  @Test
  void aBaselineThatIsNoneIsNamed() throws IOException {
    Path none = folder.resolve("none.json");
    for (String text :
        List.of("", "[]", "{\"a\": 1}", "{\"a\"", "{\"version\": \"2.1.0\", \"runs\": []}")) {
      Files.writeString(none, text);
      assertThat(run("--baseline", none.toString(), script())).as(text).isEqualTo(2);
      assertThat(err).contains("none.json");
    }
    assertThat(run("--baseline", folder.resolve("gone").toString(), script())).isEqualTo(2);
  }
}
