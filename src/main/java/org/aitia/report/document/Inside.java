package org.aitia.report.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.aitia.report.Words;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.TensorStats;

/** What a run shows of its layers and of its data, beyond what was concluded from it. */
public final class Inside {
  private static final int MAX_LAYERS = 48;
  private static final int MAX_LABELS = 20;
  private static final int MAX_COLUMNS = 60;

  private final Run run;
  private final Words words;

  public Inside(Run run, Words words) {
    this.run = run;
    this.words = words;
  }

  /** A quantity of the layers. */
  public record Picture(String title, String picture, String low, String high) {}

  /** A split of the data. */
  public record Part(
      String name, String samples, String missing, String mean, String std, String duplicates) {}

  /**
   * A label with its share of each split.
   *
   * @param shares 0 to 1, in the order of the splits; NaN where it was not counted
   */
  public record Label(String name, List<Double> shares) {}

  /**
   * An input column with its mean and spread in each split, the widest apart first.
   *
   * @param drift of the means from those of the first split, in its standard deviations
   */
  public record Input(String name, List<String> moments, double drift) {}

  public List<Picture> maps() {
    List<Picture> found = new ArrayList<>();
    add(found, "gradient-norm", r -> r.gradient() == null ? Double.NaN : r.gradient().norm(), true);
    add(found, "update-ratio", LayerRecord::updateRatio, true);
    add(found, "weight-std", r -> r.weight() == null ? Double.NaN : r.weight().std(), true);
    add(found, "zeros", r -> share(r.activation(), true), false);
    add(found, "saturated", r -> share(r.activation(), false), false);
    return found;
  }

  private static double share(TensorStats of, boolean zeros) {
    return of == null ? Double.NaN : zeros ? of.zeroFraction() : of.saturatedFraction();
  }

  private void add(
      List<Picture> found, String id, ToDoubleFunction<LayerRecord> value, boolean log) {
    List<Layer> layers =
        run.layers().stream()
            .filter(l -> l.records().stream().anyMatch(r -> !Double.isNaN(value.applyAsDouble(r))))
            .limit(MAX_LAYERS)
            .toList();
    HeatMap map = new HeatMap(layers, value, log);
    if (map.drawn()) {
      String title = words.say("inside-" + id);
      found.add(
          new Picture(
              title,
              map.svg(title, words.say("curve-axis-step")),
              Words.number(map.low()),
              Words.number(map.high())));
    }
  }

  private List<DataProfile> profiles() {
    return run.data().stream().sorted(Comparator.comparing(p -> p.split().ordinal())).toList();
  }

  public List<Part> parts() {
    return profiles().stream()
        .map(
            p ->
                new Part(
                    words.split(p.split().id()),
                    p.samples() < 0 ? "" : String.valueOf(p.samples()),
                    Double.isNaN(p.missingFraction()) ? "" : percent(p.missingFraction()),
                    p.input() == null ? "" : number(p.input().mean()),
                    p.input() == null ? "" : number(p.input().std()),
                    p.duplicates() < 0 ? "" : String.valueOf(p.duplicates())))
        .toList();
  }

  /** The labels, the most frequent first. */
  public List<Label> labels() {
    List<DataProfile> counted = profiles().stream().filter(p -> !p.labels().isEmpty()).toList();
    return counted.stream()
        .flatMap(p -> p.labels().keySet().stream())
        .distinct()
        .map(label -> new Label(label, counted.stream().map(p -> share(p, label)).toList()))
        .sorted(Comparator.comparingDouble((Label l) -> -l.shares().get(0)))
        .limit(MAX_LABELS)
        .toList();
  }

  /** The splits whose labels were counted. */
  public List<String> counted() {
    return profiles().stream()
        .filter(p -> !p.labels().isEmpty())
        .map(p -> words.split(p.split().id()))
        .toList();
  }

  private static double share(DataProfile p, String label) {
    double all = p.labels().values().stream().mapToLong(n -> n).sum();
    return p.labels().getOrDefault(label, 0L) / all;
  }

  /** The columns of the inputs, the widest apart first. */
  public List<Input> inputs() {
    List<DataProfile> with = described();
    if (with.isEmpty()) {
      return List.of();
    }
    return with.get(0).columns().stream()
        .map(c -> input(c, with))
        .sorted(Comparator.comparingDouble(i -> -i.drift()))
        .limit(MAX_COLUMNS)
        .toList();
  }

  private List<DataProfile> described() {
    return profiles().stream().filter(p -> !p.columns().isEmpty()).toList();
  }

  /** The splits whose columns were described. */
  public List<String> columned() {
    return described().stream().map(p -> words.split(p.split().id())).toList();
  }

  private static Input input(Column first, List<DataProfile> with) {
    List<String> moments = new ArrayList<>();
    double drift = 0;
    for (DataProfile p : with) {
      Column same =
          p.columns().stream().filter(c -> c.name().equals(first.name())).findFirst().orElse(null);
      moments.add(
          same == null ? "" : number(same.moments().mean()) + " ± " + number(same.moments().std()));
      if (same != null && first.moments().std() > 0) {
        double apart = Math.abs(same.moments().mean() - first.moments().mean());
        drift = Math.max(drift, apart / first.moments().std());
      }
    }
    return new Input(first.name(), moments, drift);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Words.number(value);
  }

  private static String percent(double share) {
    return Words.number(100 * share) + " %";
  }

  /** Whether there is anything to show. */
  public boolean empty() {
    return maps().isEmpty() && parts().isEmpty();
  }

  /** A share in percent, as wide as its bar. */
  public Map<String, String> bar(double share) {
    return Map.of(
        "width", String.format(java.util.Locale.ROOT, "%.1f", 100 * share), "text", percent(share));
  }
}
