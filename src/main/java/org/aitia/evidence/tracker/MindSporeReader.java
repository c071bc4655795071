package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.metrics.Points;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * MindSpore's summary and lineage files: framed like TensorBoard's, with messages of their own.
 * Field numbers are those of MindInsight's summary.proto and lineage.proto.
 */
public final class MindSporeReader implements Reader {
  private static final String VERSION = "MindSpore.Event:";
  private static final int MAX_LAYERS = 4_000;

  @Override
  public String format() {
    return "mindspore";
  }

  @Override
  public String describe() {
    return "MindSpore summary and lineage files (SummaryCollector)";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    return bytes.length > EventRecords.HEADER
        && new String(
                bytes,
                EventRecords.HEADER,
                Math.min(64, bytes.length - EventRecords.HEADER),
                StandardCharsets.ISO_8859_1)
            .contains("\u001a\u0011" + VERSION);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Log log = new Log(input, run);
    List<String> faults = new ArrayList<>();
    long events = 0;
    try (EventRecords records = new EventRecords(input.open())) {
      long unread = 0;
      while (records.next()) {
        try {
          log.event(CodedInputStream.newInstance(records.payload(), 0, records.length()));
          events++;
        } catch (InvalidProtocolBufferException e) {
          unread++;
        }
      }
      if (records.skipped() > 0) {
        faults.add(
            records.skipped()
                + " records with a wrong checksum passed over, the first at byte "
                + records.firstSkipped());
      }
      if (unread > 0) {
        faults.add(unread + " records that are no events passed over");
      }
      if (records.damage() != null) {
        faults.add(records.damage());
      } else if (records.cut()) {
        faults.add(
            "the last record is cut: the run was killed while writing it, or is still running");
      }
    }
    log.finish();
    String wrong = String.join("; ", faults);
    if (events == 0) {
      throw new IOException("holds no event" + (wrong.isEmpty() ? "" : ": " + wrong));
    }
    return new FileNote(
        input.name(),
        format(),
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        events + " events" + (wrong.isEmpty() ? "" : "; " + wrong));
  }

  private static final class Log {
    private final String file;
    private final RunBuilder run;
    private final Points points;
    private final Points evaluations;
    private final Set<String> layers = new HashSet<>();

    Log(Input input, RunBuilder run) {
      this.file = input.name();
      this.run = run;
      this.points = new Points(run, file, null, input.vocabulary());
      this.evaluations = new Points(run, file, Split.VALIDATION, input.vocabulary());
      run.fact("framework", "mindspore");
    }

    void event(CodedInputStream in) throws IOException {
      long step = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 2 -> step = in.readInt64();
          case 5 -> summary(in, step);
          case 6 -> training(in);
          case 7 -> evaluation(in);
          default -> in.skipField(tag);
        }
      }
    }

    private void summary(CodedInputStream in, long step) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == 1) {
          value(in, step);
        } else {
          in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    private void value(CodedInputStream in, long step) throws IOException {
      String name = "";
      Double scalar = null;
      TensorStats stats = null;
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> name = in.readString();
          case 3 -> scalar = (double) in.readFloat();
          case 9 -> stats = MindSporeHistogram.parse(in);
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
      // the collector's own tags end in "/auto"
      String plain = name.endsWith("/auto") ? name.substring(0, name.length() - 5) : name;
      if (scalar != null) {
        points.add(plain, step, Double.NaN, scalar);
      } else if (stats != null) {
        layer(plain, step, stats);
      }
    }

    private void layer(String name, long step, TensorStats stats) {
      LayerTag of = LayerTag.of(name);
      if (of == null || layers.size() >= MAX_LAYERS && !layers.contains(of.layer())) {
        return;
      }
      layers.add(of.layer());
      run.layer(
          of.layer(),
          new Source(file, name),
          new LayerRecord(
              step, of.gradient() ? null : stats, of.gradient() ? stats : null, Double.NaN, null));
    }

    /** TrainLineage: the hyperparameters, the data set, the network and its loss. */
    private void training(CodedInputStream in) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> hyperparameters(in);
          case 3 -> algorithm(in);
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    private void hyperparameters(CodedInputStream in) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> setting(Setting.OPTIMIZER, "optimizer", in.readString());
          case 2 -> setting(Setting.LEARNING_RATE, "learning_rate", shortest(in.readFloat()));
          case 3 -> setting(Setting.LOSS, "loss_function", in.readString());
          case 4 -> setting(Setting.EPOCHS, "epoch", (long) in.readInt32());
          case 8 -> setting(Setting.BATCH_SIZE, "batch_size", (long) in.readInt32());
          default -> in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    /** 0.01 as it was written, not 0.009999999776. */
    private static double shortest(float value) {
      return Double.parseDouble(Float.toString(value));
    }

    private void algorithm(CodedInputStream in) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == 1) {
          setting(Setting.MODEL_TYPE, "network", in.readString());
        } else {
          in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    /** EvaluationLineage: the metrics of the last evaluation, as JSON. */
    private void evaluation(CodedInputStream in) throws IOException {
      int end = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == 2) {
          Mappings.read(in.readString())
              .properties()
              .forEach(f -> metric(f.getKey(), f.getValue()));
        } else {
          in.skipField(tag);
        }
      }
      in.popLimit(end);
    }

    private void metric(String name, JsonNode value) {
      if (Json.has(value)) {
        evaluations.add(name, 0, Double.NaN, Json.number(value));
      }
    }

    private void setting(Setting setting, String name, Object value) {
      run.setting(setting, value, new Source(file, name));
    }

    void finish() {
      points.finish();
      evaluations.finish();
    }
  }
}
