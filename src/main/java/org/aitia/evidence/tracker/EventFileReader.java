package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.keras.KerasModel;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.evidence.tracker.message.TensorBoard.Event;
import org.aitia.evidence.tracker.message.TensorBoard.Summary.Value;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** TensorBoard's event files, as TensorFlow, Keras, PyTorch, tensorboardX and others write them. */
public final class EventFileReader implements Reader {
  private static final String VERSION = "brain.Event:";

  /** Tags whose plugin is remembered: only the first value of a tag names it. */
  private static final int MAX_TAGS = 20_000;

  private static final int MAX_LAYERS = 4_000;

  @Override
  public String format() {
    return "tensorboard";
  }

  @Override
  public String describe() {
    return "TensorBoard event file: scalars, histograms, hyperparameters";
  }

  @Override
  public boolean recognises(Head head) {
    if (head.name().contains("tfevents")) {
      return !head.name().endsWith(".profile-empty");
    }
    byte[] bytes = head.bytes();
    if (bytes.length < EventRecords.HEADER) {
      return false;
    }
    int sum = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES);
    return EventRecords.isRight(bytes, Long.BYTES, sum)
        && new String(
                bytes,
                EventRecords.HEADER,
                Math.min(64, bytes.length - EventRecords.HEADER),
                StandardCharsets.ISO_8859_1)
            .contains("\u001a\r" + VERSION);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Log log = new Log(source(input), run, folder(input), input.vocabulary());
    List<String> faults = new ArrayList<>();
    long events = 0;
    long unread = 0;
    boolean started = false;
    boolean cut;
    long end;
    try (EventRecords records = new EventRecords(input.open())) {
      while (records.next()) {
        try {
          Event event =
              Messages.parse(Event.getDefaultInstance(), records.payload(), records.length());
          if (!started && event.hasFileVersion() && !event.getFileVersion().startsWith(VERSION)) {
            throw new IOException(
                "is an event file of another kind ("
                    + event.getFileVersion()
                    + "), which is not read");
          }
          started = true;
          log.take(event);
          events++;
        } catch (InvalidProtocolBufferException e) {
          unread++;
        }
      }
      cut = records.cut();
      end = records.offset();
      if (records.skipped() > 0) {
        faults.add(
            records.skipped()
                + (records.skipped() == 1 ? " record" : " records")
                + " with a wrong checksum passed over, the first at byte "
                + records.firstSkipped());
      }
      if (unread > 0) {
        faults.add(unread + " records that are no events passed over");
      }
      if (records.damage() != null) {
        faults.add(records.damage());
      }
    }
    log.finish();
    if (log.points.tooMany()) {
      faults.add("has more than " + Points.MAX_TRACKS + " tags; the rest were passed over");
    }
    if (events == 0) {
      throw new IOException(
          "holds no event"
              + (faults.isEmpty() ? (cut ? ": it is cut within the first" : "") : ": ")
              + String.join("; ", faults));
    }
    if (cut) {
      faults.add(
          "the last record is cut at byte "
              + end
              + ": the run was killed while writing it, or is still running");
    }
    return new FileNote(
        input.name(),
        format(),
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        events + " events" + (faults.isEmpty() ? "" : "; " + String.join("; ", faults)));
  }

  /**
   * The name that all event files of a folder share as source: a run that was resumed, or evaluated
   * apart, goes on in a second file with the same tags.
   */
  private static String source(Input input) {
    int slash = input.name().lastIndexOf('/');
    String name = input.name().substring(slash + 1);
    int kind = name.indexOf("tfevents");
    return kind < 0
        ? input.name()
        : input.name().substring(0, slash + 1) + name.substring(0, kind) + "tfevents.*";
  }

  /** Name of the folder that the file stands in; of the run's own folder only if it is telling. */
  private static String folder(Input input) {
    int slash = input.name().lastIndexOf('/');
    if (slash >= 0) {
      return input.name().substring(input.name().lastIndexOf('/', slash - 1) + 1, slash);
    }
    Path parent = input.path().toAbsolutePath().getParent();
    boolean telling = parent != null && parent.endsWith(Split.VALIDATION.id());
    return telling ? Split.VALIDATION.id() : "";
  }

  /** What is taken of one file's events. */
  private static final class Log {
    private final String source;
    private final RunBuilder run;
    private final String folder;
    private final Vocabulary vocabulary;
    private final Points points;
    private final Points apart;
    private final Map<String, String> plugins = new HashMap<>();
    private final Map<String, LayerRecord> layers = new LinkedHashMap<>();

    Log(String source, RunBuilder run, String folder, Vocabulary vocabulary) {
      this.source = source;
      this.vocabulary = vocabulary;
      this.run = run;
      this.folder = folder.toLowerCase(Locale.ROOT);
      this.points = new Points(run, source, Split.of(folder).orElse(null), vocabulary);
      String last = folder.substring(folder.lastIndexOf('_') + 1);
      this.apart = new Points(run, source, Split.of(last).orElse(null), vocabulary);
    }

    /**
     * PyTorch's add_scalars writes each series of a tag into a folder named by tag and series:
     * {@code loss_val} with the tag {@code loss}.
     */
    private boolean isApart(String tag) {
      String start = tag.toLowerCase(Locale.ROOT).replace('/', '_').replace(' ', '_') + "_";
      return folder.startsWith(start) && folder.lastIndexOf('_') == start.length() - 1;
    }

    void take(Event event) throws IOException {
      for (Value value : event.getSummary().getValueList()) {
        String plugin = plugin(value);
        ByteString content = value.getMetadata().getPluginData().getContent();
        if (value.hasSimpleValue()) {
          scalar(value.getTag(), value.getTag(), event.getStep(), value.getSimpleValue());
        } else if (value.hasHisto()) {
          layer(value.getTag(), event.getStep(), Histogram.of(value.getHisto()));
        } else if (value.hasTensor()) {
          tensor(value.getTag(), EventTensor.of(value.getTensor()), event.getStep(), plugin);
        } else if ("hparams".equals(plugin) && !content.isEmpty()) {
          ConfigFields.tree(HyperParameters.of(content), source, run, vocabulary);
        }
      }
    }

    private String plugin(Value value) {
      if (!value.getMetadata().getPluginData().hasPluginName()) {
        return plugins.get(value.getTag());
      }
      String plugin = value.getMetadata().getPluginData().getPluginName();
      if (plugins.size() < MAX_TAGS) {
        plugins.put(value.getTag(), plugin);
      }
      return plugin;
    }

    private void scalar(String tag, String readAs, long step, double value) {
      if (tag.equals("epoch") || tag.equals("train/epoch")) {
        points.epoch(step, value);
      } else {
        (isApart(tag) ? apart : points).add(tag, readAs, step, Double.NaN, value);
      }
    }

    private void tensor(String tag, EventTensor tensor, long step, String plugin) {
      if (tensor.isScalar() && (plugin == null || plugin.equals("scalars"))) {
        // what Keras calls "batch_loss" is the mean over the epoch so far: no loss of a batch
        boolean running = tag.startsWith("batch_") && "scalars".equals(plugin);
        String readAs = running ? "running_" + tag.substring(6) : tag;
        scalar(tag, readAs, step, tensor.numbers()[0]);
      } else if ("histograms".equals(plugin)) {
        layer(tag, step, Histogram.of(tensor));
      } else if (tensor.text() != null) {
        text(tag, tensor.text(), plugin);
      }
    }

    private void text(String tag, String text, String plugin) {
      if ("graph_keras_model".equals(plugin)) {
        keras(Mappings.read(text));
      } else if ("text".equals(plugin) && !tag.startsWith("model_config")) {
        JsonNode settings = Mappings.read(text);
        if (ConfigReader.holdsSettings(settings, vocabulary)) {
          ConfigFields.tree(settings, source, run, vocabulary);
        }
      }
    }

    /** Written before the training: the rate in it is the one that was set. */
    private void keras(JsonNode model) {
      KerasModel.compiled(model.path("compile_config"), source, false, run, vocabulary);
      if (KerasModel.is(model)) {
        KerasModel.layers(model, new Source(source, "keras"), Map.of(), run);
      }
    }

    private void layer(String tag, long step, Histogram histogram) {
      LayerTag of = LayerTag.of(tag);
      if (of == null || histogram == null) {
        return;
      }
      LayerRecord had = layers.get(of.layer());
      if (had != null && had.step() != step) {
        run.layer(of.layer(), new Source(source, of.layer()), had);
        had = null;
      }
      if (had == null && layers.size() >= MAX_LAYERS && !layers.containsKey(of.layer())) {
        return;
      }
      layers.put(
          of.layer(),
          new LayerRecord(
              step,
              of.gradient() ? had == null ? null : had.weight() : histogram.stats(),
              of.gradient() ? histogram.stats() : had == null ? null : had.gradient(),
              Double.NaN,
              null));
    }

    void finish() {
      points.finish();
      apart.finish();
      layers.forEach((name, record) -> run.layer(name, new Source(source, name), record));
    }
  }
}
