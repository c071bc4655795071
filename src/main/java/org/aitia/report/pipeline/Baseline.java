package org.aitia.report.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Verdict;

/**
 * What was told before: an earlier output of this program as JSON, JSON Lines or SARIF. Runs are
 * the same by their name; where there was one and is one, whatever it is called. What is told of a
 * run that is faulty now and was not is new.
 */
public final class Baseline {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Whether the run was faulty when it was told, by fingerprint. */
  private final Map<String, Boolean> before = new HashMap<>();

  private final Map<String, Boolean> beforeAnywhere = new HashMap<>();
  private final Set<String> runs = new HashSet<>();
  private final Set<String> met = new HashSet<>();
  private final boolean single;
  private int fresh;
  private int known;

  private Baseline(Teller teller, Path file, int asked) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        MappingIterator<JsonNode> documents = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (documents.hasNextValue()) {
        read(teller, documents.nextValue());
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + ": is no result of this program: " + reason(e), e);
    }
    if (runs.isEmpty()) {
      throw new IOException(
          file + ": holds no diagnosis; --format json, jsonl or sarif writes one");
    }
    this.single = asked == 1 && runs.size() == 1;
  }

  private static String reason(Exception e) {
    return e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
  }

  /**
   * Reads what was told before.
   *
   * @param asked how many runs are asked for now
   * @throws IOException naming the file and what is wrong with it
   */
  public static Baseline of(Teller teller, Path file, int asked) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": no such file, or it may not be read");
    }
    return new Baseline(teller, file, asked);
  }

  private void read(Teller teller, JsonNode node) throws JsonProcessingException {
    if (node.isArray()) {
      for (JsonNode one : node) {
        read(teller, one);
      }
    } else if (node.path("runs").isArray() && node.path("version").asText().startsWith("2.")) {
      node.path("runs").forEach(this::sarif);
    } else if (node.path("schema").asText().startsWith("diagnosis/")) {
      Diagnosis diagnosis = JSON.treeToValue(node, Diagnosis.class);
      RunTold run = teller.tell(diagnosis, UnaryOperator.identity());
      boolean faulty = diagnosis.verdict() == Verdict.FAULTY;
      runs.add(run.source());
      run.told().forEach(t -> put(Prints.of(run, t), Prints.anywhere(t), faulty));
    } else {
      throw new IllegalArgumentException("neither a diagnosis nor SARIF");
    }
  }

  private void sarif(JsonNode run) {
    run.path("properties").path(SarifLog.RUNS).forEach(r -> runs.add(r.path("source").asText()));
    for (JsonNode result : run.path("results")) {
      JsonNode prints = result.path("partialFingerprints");
      boolean faulty =
          result.path("properties").path(SarifLog.VERDICT).asText().equals(Verdict.FAULTY.id());
      put(
          prints.path(SarifLog.PRINT).asText(),
          prints.path(SarifLog.PRINT_ANYWHERE).asText(),
          faulty);
    }
  }

  private void put(String print, String anywhere, boolean faulty) {
    before.merge(print, faulty, Boolean::logicalOr);
    beforeAnywhere.merge(anywhere, faulty, Boolean::logicalOr);
  }

  /** The run with what is new alone. To be asked once of each run, in whatever order. */
  public synchronized RunTold since(RunTold run) {
    boolean faulty = run.diagnosis().verdict() == Verdict.FAULTY;
    List<Told> left = new ArrayList<>();
    for (Told told : run.told()) {
      String print = single ? Prints.anywhere(told) : Prints.of(run, told);
      Boolean then = (single ? beforeAnywhere : before).get(print);
      if (then != null) {
        met.add(print);
      }
      if (then == null || faulty && !then) {
        left.add(told);
      }
    }
    int already = run.told().size() - left.size();
    fresh += left.size();
    known += already;
    return run.without(List.copyOf(left), already);
  }

  /** How many things are told that were not told before. */
  public synchronized int fresh() {
    return fresh;
  }

  /** How many things were told before already. */
  public synchronized int known() {
    return known;
  }

  /** How many things were told before and are not any more, runs that are gone among them. */
  public synchronized int gone() {
    return (single ? beforeAnywhere : before).size() - met.size();
  }
}
