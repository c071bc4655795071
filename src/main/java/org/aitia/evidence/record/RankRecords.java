package org.aitia.evidence.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.document.Json;
import org.aitia.run.model.Rank;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;

/** The record of one of several processes: which it is, and what is held against the others. */
final class RankRecords {
  /** {@code record-rank3.run.jsonl}, as the recorder names it. */
  private static final Pattern NAME = Pattern.compile(".*[-_]rank[-_]?(\\d{1,5})\\.run\\.jsonl.*");

  /** Steps kept at most: processes that part do so for good. */
  private static final int MAX_STEPS = 2_000;

  /** Norms of weights kept at most. */
  private static final int MAX_NORMS = 100_000;

  private final Source source;
  private int number;
  private boolean several;
  private boolean sharded;
  private int kept;
  private final NavigableMap<Double, Double> losses = new TreeMap<>();
  private final NavigableMap<Double, Moments> batches = new TreeMap<>();
  private final NavigableMap<String, Map<Double, Double>> norms = new TreeMap<>();

  RankRecords(String file) {
    source = new Source(file, "step");
    Matcher name = NAME.matcher(file);
    if (name.matches()) {
      number = Integer.parseInt(name.group(1));
      several = true;
    }
  }

  /** Whether this is another process than the one whose record stands for the run. */
  boolean other() {
    return number > 0;
  }

  int number() {
    return number;
  }

  void record(JsonNode node) {
    switch (node.path("type").asText()) {
      case "run" -> {
        number = node.path("rank").isInt() ? Math.max(0, node.path("rank").asInt()) : number;
        several |= Json.count(node, "world_size") > 1;
        sharded = node.path("sharded").asBoolean();
      }
      case "step" -> step(node);
      case "layer" -> norm(node);
      default -> {
        // the same in every process, or told by it alone
      }
    }
  }

  private void step(JsonNode node) {
    double step = Json.number(node, "step");
    if (!several || Double.isNaN(step) || losses.size() >= MAX_STEPS) {
      return;
    }
    losses.put(step, Json.number(node, "loss"));
    if (node.path("batch").isObject()) {
      batches.put(step, RunRecords.moments(node.path("batch")));
    }
  }

  private void norm(JsonNode node) {
    double norm = Json.number(node.path("weight"), "norm");
    String layer = Json.text(node, "name");
    if (several && !sharded && layer != null && Double.isFinite(norm) && kept < MAX_NORMS) {
      kept++;
      norms.computeIfAbsent(layer, l -> new TreeMap<>()).put(Json.number(node, "step"), norm);
    }
  }

  /** What was kept; null for a run of one process. */
  Rank rank() {
    return several ? new Rank(number, losses, batches, norms, source) : null;
  }
}
