package org.aitia.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.value.Source;

/** The records of the layers of a run on their way in, in bounded memory. */
final class LayerCollector {
  /** Modules followed over time at most. */
  static final int MAX_LAYERS = 4_000;

  /** Records of layers kept at most, shared among the layers. */
  static final int MAX_LAYER_RECORDS = 24_000;

  /** Records kept of a layer in any case: the first ones and some of the rest. */
  static final int MIN_RECORDS_A_LAYER = 24;

  /** By file: two recorders of one run count steps differently, so their records are not mixed. */
  private final Map<String, Map<String, Track>> layers = new LinkedHashMap<>();

  private int layerCount;

  void add(String name, Source from, LayerRecord record) {
    Map<String, Track> ofFile = layers.computeIfAbsent(from.file(), f -> new LinkedHashMap<>());
    Track builder = ofFile.get(name);
    if (builder == null) {
      if (layerCount >= MAX_LAYERS) {
        return;
      }
      layerCount++;
      builder = new Track(from);
      ofFile.put(name, builder);
    }
    builder.add(record, Math.max(MIN_RECORDS_A_LAYER, MAX_LAYER_RECORDS / layerCount));
  }

  /** The layers by name, from the file with most records. */
  Map<String, Layer> build() {
    Map<String, Layer> tracks = new LinkedHashMap<>();
    layers.values().stream()
        .max(Comparator.comparingLong(LayerCollector::records))
        .ifPresent(fullest -> fullest.forEach((name, b) -> tracks.put(name, b.build(name))));
    return tracks;
  }

  private static long records(Map<String, Track> ofFile) {
    return ofFile.values().stream().mapToLong(b -> b.count).sum();
  }

  /** One layer. */
  private static final class Track {
    private static final int HEAD = 12;
    private final Source source;
    private final List<LayerRecord> records = new ArrayList<>();
    private int stride = 1;
    private long count;
    private LayerRecord latest;

    Track(Source source) {
      this.source = source;
    }

    void add(LayerRecord record, int capacity) {
      if (count++ < HEAD || count % stride == 0) {
        if (records.size() >= capacity) {
          List<LayerRecord> kept = new ArrayList<>(records.subList(0, HEAD));
          for (int i = HEAD; i < records.size(); i += 2) {
            kept.add(records.get(i));
          }
          records.clear();
          records.addAll(kept);
          stride *= 2;
        }
        records.add(record);
        latest = null;
      } else {
        latest = record;
      }
    }

    Layer build(String name) {
      if (latest != null) {
        records.add(latest);
      }
      records.sort((a, b) -> Double.compare(a.step(), b.step()));
      return new Layer(name, records, source);
    }
  }
}
