package org.aitia.observation.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.data.DataProfile;
import org.aitia.run.model.LayerRecord;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.model.TensorStats;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/** A small run made by hand: modules in forward order, and what was recorded of them. */
public final class Net {
  public static final double NAN = Double.NaN;
  private static final Source HERE = new Source("test", null);

  private final RunBuilder run = new RunBuilder("test");
  private final List<Module> modules = new ArrayList<>();
  private String output;

  public Net() {
    this("pytorch");
  }

  public Net(String framework) {
    run.fact("framework", framework);
  }

  public Net setting(Setting setting, Object value) {
    run.setting(setting, value, HERE);
    return this;
  }

  public Net output(String activation) {
    output = activation;
    return this;
  }

  /** A module without weights. */
  public Net module(String name, String kind) {
    modules.add(new Module(name, kind, 0, null, List.of(), null, null, 1, null, NAN, null, NAN));
    return this;
  }

  /** A linear layer with a bias that trains, is optimized and called once. */
  public Net linear(String name, int in, int out) {
    return linear(name, in, out, true, true, 1, null);
  }

  public Net linear(
      String name,
      int in,
      int out,
      boolean trainable,
      boolean optimized,
      int calls,
      String shared) {
    modules.add(
        new Module(
            name,
            "Linear",
            (long) in * out + out,
            trainable,
            List.of(out, in),
            optimized,
            shared,
            calls,
            null,
            NAN,
            null,
            NAN));
    return this;
  }

  /** A dense layer of a saved Keras model, with the spread that its initialiser draws. */
  public Net dense(String name, int in, int out, double initialSpread) {
    modules.add(
        new Module(
            name,
            "Dense",
            (long) in * out + out,
            true,
            List.of(in, out),
            null,
            null,
            1,
            "relu",
            NAN,
            null,
            initialSpread));
    return this;
  }

  public Net record(
      String layer,
      double step,
      TensorStats weight,
      TensorStats gradient,
      double update,
      TensorStats activation) {
    run.layer(layer, HERE, new LayerRecord(step, weight, gradient, update, activation));
    return this;
  }

  public Net output(String layer, TensorStats activation) {
    return record(layer, 0, null, null, NAN, activation);
  }

  /** One value an epoch. */
  public Net validationLoss(double... values) {
    SeriesKey key = new SeriesKey(Quantity.LOSS, Split.VALIDATION, Axis.EPOCH);
    for (int epoch = 0; epoch < values.length; epoch++) {
      run.point(key, HERE, epoch, epoch, values[epoch]);
    }
    return this;
  }

  public Net data(long samples, int inputs, Moments target) {
    run.data(
        new DataProfile(
            Split.TRAIN,
            samples,
            List.of(inputs),
            0,
            0,
            new Moments(0, 1, -3, 3),
            Map.of(),
            target,
            0,
            List.of(),
            HERE));
    return this;
  }

  public Run build() {
    if (!modules.isEmpty()) {
      run.model(new Model(modules, -1, -1, output, HERE));
    }
    return run.build();
  }

  /** What an observer notes, by measure. */
  public static Map<String, Observation> noted(Observer observer, Net net) {
    return noted(List.of(observer), net);
  }

  /** What observers note, by measure. */
  public static Map<String, Observation> noted(List<Observer> observers, Net net) {
    Notebook notes = Observing.notebook();
    observers.forEach(o -> o.observe(net.build(), notes));
    Map<String, Observation> found = new HashMap<>();
    notes.observations().forEach(o -> found.put(o.measure().id(), o));
    return found;
  }

  /** Weights of a spread about zero. */
  public static TensorStats weights(double std) {
    return stats(0, std, -std * 1.73, std * 1.73, 0, NAN);
  }

  public static TensorStats gradient(double norm) {
    return new TensorStats(0, norm, NAN, NAN, norm, norm, 0, norm == 0 ? 1 : 0, NAN);
  }

  public static TensorStats stats(
      double mean, double std, double min, double max, double zeros, double saturated) {
    return new TensorStats(mean, std, min, max, NAN, NAN, 0, zeros, saturated);
  }

  /** Outputs of a linear layer: both signs, no zeros. */
  public static TensorStats both(double std) {
    return stats(0, std, -3 * std, 3 * std, 0, NAN);
  }

  /** Outputs of a ReLU. */
  public static TensorStats rectified(double max, double zeros) {
    return stats(max / 4, max / 4, 0, max, zeros, NAN);
  }

  public static TensorStats broken() {
    return new TensorStats(NAN, NAN, NAN, NAN, NAN, NAN, 3, NAN, NAN);
  }
}
