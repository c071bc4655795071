package org.aitia.evidence.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;

/**
 * The file in which Weights &amp; Biases keeps a run before it is sent: the only log of an offline
 * run. Field numbers are those of wandb_internal.proto.
 */
public final class WandbReader implements Reader {
  private static final byte[] MAGIC = {':', 'W', '&', 'B'};

  /** Fields of one history record at most. */
  private static final int MAX_ITEMS = 20_000;

  @Override
  public String format() {
    return "wandb";
  }

  @Override
  public String describe() {
    return "Weights & Biases run-<id>.wandb: history and configuration";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    return bytes.length >= WandbRecords.HEADER
        && java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Log log = new Log(input, run);
    long records = 0;
    long unread = 0;
    List<String> faults = new ArrayList<>();
    try (WandbRecords in = new WandbRecords(input.open())) {
      while (in.next()) {
        try {
          log.record(CodedInputStream.newInstance(in.payload(), 0, in.length()));
          records++;
        } catch (InvalidProtocolBufferException e) {
          unread++;
        }
      }
      faults.addAll(in.faults());
    }
    if (unread > 0) {
      faults.add(unread + " records that are of another kind passed over");
    }
    long taken = log.points.finish();
    if (records == 0) {
      throw new IOException(
          "holds no record" + (faults.isEmpty() ? "" : ": " + String.join("; ", faults)));
    }
    return new FileNote(
        input.name(),
        format(),
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        log.rows
            + " history rows, "
            + taken
            + " values"
            + (faults.isEmpty() ? "" : "; " + String.join("; ", faults)));
  }

  private static final class Log {
    private final String file;
    private final Vocabulary vocabulary;
    private final RunBuilder run;
    private final Points points;
    private long rows;

    Log(Input input, RunBuilder run) {
      this.file = input.name();
      this.vocabulary = input.vocabulary();
      this.run = run;
      this.points = new Points(run, file, null, input.vocabulary());
    }

    void record(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 2 -> history(in);
          case 5 -> config(in);
          case 17 -> run(in);
          case 18 -> exit(in);
          default -> in.skipField(tag);
        }
      }
    }

    private void history(CodedInputStream in) throws IOException {
      Map<String, String> row = new LinkedHashMap<>();
      double step = Double.NaN;
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> item(in, row);
          case 2 -> {
            int inner = in.pushLimit(in.readRawVarint32());
            for (int t = in.readTag(); t != 0; t = in.readTag()) {
              if (WireFormat.getTagFieldNumber(t) == 1) {
                step = in.readInt64();
              } else {
                in.skipField(t);
              }
            }
            in.popLimit(inner);
          }
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
      row(row, step);
    }

    private void row(Map<String, String> row, double step) {
      rows++;
      double at = row.containsKey("_step") ? Json.number(row.get("_step")) : step;
      String named = row.getOrDefault("epoch", row.get("trainer/epoch"));
      double epoch = named == null ? Double.NaN : Json.number(named);
      points.epoch(at, epoch);
      row.forEach(
          (name, value) -> {
            String plain = value.length() > 1 && value.startsWith("\"") ? unquoted(value) : value;
            if (!name.startsWith("_") && !name.equals("epoch") && Json.isNumber(plain)) {
              points.add(name, at, epoch, Json.number(plain));
            }
          });
    }

    private static String unquoted(String value) {
      return value.substring(1, value.length() - 1);
    }

    /** An item: a name, as one key or as parts of a path, and its value as JSON. */
    private static void item(CodedInputStream in, Map<String, String> into) throws IOException {
      String key = "";
      StringBuilder nested = new StringBuilder();
      String value = null;
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> key = in.readString();
          case 2 -> nested.append(nested.isEmpty() ? "" : ".").append(in.readString());
          case 16 -> value = in.readString();
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
      String name = nested.isEmpty() ? key : nested.toString();
      if (value != null && !name.isEmpty() && into.size() < MAX_ITEMS) {
        into.put(name, value);
      }
    }

    private void config(CodedInputStream in) throws IOException {
      Map<String, String> items = new LinkedHashMap<>();
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == 1) {
          item(in, items);
        } else {
          in.skipField(tag);
        }
      }
      in.popLimit(end);
      ObjectNode settings = Json.MAPPER.createObjectNode();
      items.forEach(
          (name, value) -> {
            try {
              JsonNode node = Json.MAPPER.readTree(value);
              if (!name.startsWith("_") && node != null) {
                settings.set(name, node);
              }
            } catch (JsonProcessingException e) {
              run.other(name, value, new org.aitia.run.value.Source(file, name));
            }
          });
      ConfigFields.tree(settings, file, run, vocabulary);
    }

    private void run(CodedInputStream in) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 4 -> config(in);
          case 8 -> run.fact("name", in.readString());
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    private void exit(CodedInputStream in) throws IOException {
      int code = 0;
      double seconds = Double.NaN;
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> code = in.readInt32();
          case 2 -> seconds = in.readInt32();
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
      String error = code == 0 ? null : "exit code " + code;
      run.end(new RunEnd(code == 0 ? "completed" : "crashed", error, seconds));
    }
  }
}
