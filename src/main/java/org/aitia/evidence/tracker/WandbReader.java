package org.aitia.evidence.tracker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
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
import org.aitia.evidence.tracker.message.Wandb;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;

/**
 * The file in which Weights &amp; Biases keeps a run before it is sent: the only log of an offline
 * run.
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
          log.take(Messages.parse(Wandb.Record.getDefaultInstance(), in.payload(), in.length()));
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

    void take(Wandb.Record record) {
      if (record.hasHistory()) {
        Wandb.History history = record.getHistory();
        double step = history.getStep().hasNum() ? history.getStep().getNum() : Double.NaN;
        row(items(history.getItemList()), step);
      }
      if (record.hasConfig()) {
        config(record.getConfig());
      }
      if (record.getRun().hasConfig()) {
        config(record.getRun().getConfig());
      }
      if (record.getRun().hasDisplayName()) {
        run.fact("name", record.getRun().getDisplayName());
      }
      if (record.hasExit()) {
        exit(record.getExit());
      }
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

    /** Values as JSON, by name. */
    private static Map<String, String> items(List<Wandb.Item> items) {
      Map<String, String> values = new LinkedHashMap<>();
      for (Wandb.Item item : items) {
        String name =
            item.getNestedKeyCount() == 0
                ? item.getKey()
                : String.join(".", item.getNestedKeyList());
        if (item.hasValueJson() && !name.isEmpty() && values.size() < MAX_ITEMS) {
          values.put(name, item.getValueJson());
        }
      }
      return values;
    }

    private void config(Wandb.Config config) {
      Map<String, String> items = items(config.getUpdateList());
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

    private void exit(Wandb.Exit exit) {
      int code = exit.getExitCode();
      double seconds = exit.hasRuntime() ? exit.getRuntime() : Double.NaN;
      String error = code == 0 ? null : "exit code " + code;
      run.end(new RunEnd(code == 0 ? "completed" : "crashed", error, seconds));
    }
  }
}
