package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
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
import org.aitia.evidence.tracker.message.MindSpore;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** MindSpore's summary and lineage files: framed like TensorBoard's, with messages of their own. */
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
    if (head.name().contains("summary.")
        && head.name().endsWith("_lineage")
        && EventRecords.begins(bytes)) {
      return true; // no record of its version stands in front
    }
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
          log.take(
              Messages.parse(
                  MindSpore.Event.getDefaultInstance(), records.payload(), records.length()));
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

    void take(MindSpore.Event event) {
      event.getSummary().getValueList().forEach(value -> value(value, event.getStep()));
      if (event.hasTrainLineage()) {
        training(event.getTrainLineage());
      }
      if (event.getEvaluationLineage().hasMetric()) {
        Mappings.read(event.getEvaluationLineage().getMetric())
            .properties()
            .forEach(f -> metric(f.getKey(), f.getValue()));
      }
    }

    private void value(MindSpore.Summary.Value value, long step) {
      String name = value.getTag();
      // the collector's own tags end in "/auto"
      String plain = name.endsWith("/auto") ? name.substring(0, name.length() - 5) : name;
      if (value.hasScalarValue()) {
        points.add(plain, step, Double.NaN, value.getScalarValue());
      } else if (value.hasHistogram()) {
        TensorStats stats = MindSporeHistogram.of(value.getHistogram());
        if (stats != null) {
          layer(plain, step, stats);
        }
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

    /** The hyperparameters, the network and its loss. */
    private void training(MindSpore.TrainLineage lineage) {
      MindSpore.TrainLineage.HyperParameters given = lineage.getHyperParameters();
      setting(given.hasOptimizer(), Setting.OPTIMIZER, "optimizer", given.getOptimizer());
      setting(
          given.hasLearningRate(),
          Setting.LEARNING_RATE,
          "learning_rate",
          shortest(given.getLearningRate()));
      setting(given.hasLossFunction(), Setting.LOSS, "loss_function", given.getLossFunction());
      setting(given.hasEpoch(), Setting.EPOCHS, "epoch", (long) given.getEpoch());
      setting(given.hasBatchSize(), Setting.BATCH_SIZE, "batch_size", (long) given.getBatchSize());
      MindSpore.TrainLineage.Algorithm algorithm = lineage.getAlgorithm();
      setting(algorithm.hasNetwork(), Setting.MODEL_TYPE, "network", algorithm.getNetwork());
    }

    /** 0.01 as it was written, not 0.009999999776. */
    private static double shortest(float value) {
      return Double.parseDouble(Float.toString(value));
    }

    private void metric(String name, JsonNode value) {
      if (Json.has(value)) {
        evaluations.add(name, 0, Double.NaN, Json.number(value));
      }
    }

    private void setting(boolean given, Setting setting, String name, Object value) {
      if (given) {
        run.setting(setting, value, new Source(file, name));
      }
    }

    void finish() {
      points.finish();
      evaluations.finish();
    }
  }
}
