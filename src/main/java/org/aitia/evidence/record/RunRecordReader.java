package org.aitia.evidence.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Lines;
import org.aitia.evidence.file.Reader;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/** Run records, version 1: JSON Lines, one record a line, plain or gzip. */
public final class RunRecordReader implements Reader {
  static final String SCHEMA = "run-record/1";

  /** Lines set aside that a note names. */
  private static final int MAX_ASIDE = 3;

  @Override
  public String format() {
    return "run-record";
  }

  @Override
  public String describe() {
    return "Aitia's own run record, JSON Lines (.run.jsonl, .run.jsonl.gz)";
  }

  @Override
  public boolean recognises(Head head) {
    String line = head.firstLine();
    return line.startsWith("{")
        && (line.contains("\"" + SCHEMA + "\"")
            || head.name().endsWith(".run.jsonl")
            || line.matches(
                "\\{\\s*\"type\"\\s*:\\s*\"(run|config|model|data|step|layer|epoch)\".*"));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    RunRecords types = new RunRecords(input.name(), run, input.vocabulary());
    RankRecords rank = new RankRecords(input.name());
    long records = 0;
    List<String> faults = new ArrayList<>();
    long broken = 0;
    long aside = 0;
    try (Lines lines = new Lines(input.text())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (line.length == 0) {
          continue;
        }
        Budget.step();
        try {
          JsonNode node = Json.STRICT.readTree(new ByteArrayInputStream(line));
          List<String> problems =
              node != null && node.isObject()
                  ? RecordFields.problems(node, input.vocabulary())
                  : List.of();
          if (!problems.isEmpty()) {
            if (aside++ < MAX_ASIDE) {
              faults.add("line " + lines.number() + " was set aside: " + problems.get(0));
            }
          } else if (node != null && node.isObject() && take(node, types, rank)) {
            records++;
          }
        } catch (JsonProcessingException e) {
          if (!lines.terminated()) {
            faults.add(
                "the last line ("
                    + lines.number()
                    + ") is cut: the run was killed while writing it");
          } else if (broken++ == 0) {
            faults.add("line " + lines.number() + " is not JSON (" + brief(e) + ")");
          }
        }
      }
      if (broken > 1) {
        faults.add(broken + " lines are not JSON");
      }
      if (aside > MAX_ASIDE) {
        faults.add(aside + " lines were set aside");
      }
      if (lines.firstTooLong() > 0) {
        faults.add(
            "line "
                + lines.firstTooLong()
                + " is longer than "
                + (Lines.MAX_LENGTH >> 20)
                + " MB and was passed over");
      }
      if (lines.damage() != null) {
        faults.add(lines.damage());
      }
    }
    if (records == 0) {
      throw new IOException(
          "holds no record of a run"
              + (faults.isEmpty() ? "" : ": " + String.join("; ", faults))
              + "; each line has to be a JSON object with a \"type\"");
    }
    if (rank.rank() != null) {
      run.rank(rank.rank());
    }
    String message =
        records
            + " records"
            + (rank.other()
                ? " of process " + rank.number() + ", held against those of others"
                : "")
            + (faults.isEmpty() ? "" : "; " + String.join("; ", faults));
    return new FileNote(
        input.name(),
        format(),
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        message);
  }

  /** The run is told by its first process; the others are held against it. */
  private static boolean take(JsonNode node, RunRecords types, RankRecords rank) {
    rank.record(node);
    if (rank.other()) {
      types.otherRank(node);
      return true;
    }
    return types.record(node);
  }

  private static String brief(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message.length() > 120 ? message.substring(0, 120) + " ..." : message;
  }
}
