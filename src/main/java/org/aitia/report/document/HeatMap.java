package org.aitia.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.aitia.report.Words;
import org.aitia.run.model.Layer;
import org.aitia.run.model.LayerRecord;

/** A quantity of the layers over the steps as a picture: a row a layer, darker where it is more. */
final class HeatMap {
  private static final int WIDTH = 720;
  private static final int LEFT = 170;
  private static final int ROW = 18;
  private static final int BOTTOM = 34;
  private static final int COLUMNS = 60;
  private static final int SHADES = 9;
  private static final int NAME = 24;

  /** Decades between the lightest and the darkest of a logarithmic scale at most. */
  private static final double DECADES = 9;

  private final List<Layer> layers;
  private final ToDoubleFunction<LayerRecord> value;
  private final boolean log;
  private final double first;
  private final double last;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /**
   * A picture.
   *
   * @param value NaN where it was not measured
   * @param log whether its decades matter; else it is a share from 0 to 1
   */
  HeatMap(List<Layer> layers, ToDoubleFunction<LayerRecord> value, boolean log) {
    this.layers = layers;
    this.value = value;
    this.log = log;
    this.first = layers.stream().mapToDouble(l -> l.first().step()).min().orElse(0);
    this.last = layers.stream().mapToDouble(l -> l.last().step()).max().orElse(1);
    for (Layer layer : layers) {
      for (LayerRecord r : layer.records()) {
        double v = value.applyAsDouble(r);
        if (Double.isFinite(v) && (!log || v > 0)) {
          low = Math.min(low, v);
          high = Math.max(high, v);
        }
      }
    }
    if (log) {
      low = Math.max(low, high / Math.pow(10, DECADES));
    } else if (drawn()) {
      low = 0;
      high = 1;
    }
  }

  /** Whether anything was measured. */
  boolean drawn() {
    return low <= high;
  }

  /** The value of the lightest shade. */
  double low() {
    return low;
  }

  /** The value of the darkest shade. */
  double high() {
    return high;
  }

  String svg(String title, String axis) {
    int height = layers.size() * ROW + BOTTOM;
    StringBuilder out = new StringBuilder();
    shape(
        out,
        "<svg class=\"chart heat\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
        WIDTH,
        height,
        Html.escape(title));
    for (int row = 0; row < layers.size(); row++) {
      row(out, layers.get(row), row * ROW);
    }
    int y = layers.size() * ROW + 16;
    shape(out, "<text x=\"%d\" y=\"%d\">%s</text>\n", LEFT, y, Words.number(first));
    shape(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + WIDTH) / 2,
        y,
        Html.escape(axis));
    shape(
        out,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n",
        WIDTH,
        y,
        Words.number(last));
    return out.append("</svg>\n").toString();
  }

  private void row(StringBuilder out, Layer layer, int y) {
    String name = layer.name();
    String shown = name.length() > NAME ? "…" + name.substring(name.length() - NAME + 1) : name;
    List<StringBuilder> shades = new ArrayList<>();
    for (int i = 0; i <= SHADES; i++) {
      shades.add(new StringBuilder());
    }
    double width = (double) (WIDTH - LEFT) / COLUMNS;
    for (int column = 0; column < COLUMNS; column++) {
      double v = value.applyAsDouble(at(layer, column));
      int shade = shade(v);
      if (shade >= 0) {
        shape(
            shades.get(shade),
            "M%.1f %dh%.1fv%dh-%.1fz",
            LEFT + column * width,
            y,
            width,
            ROW - 1,
            width);
      }
    }
    shape(
        out,
        "<g><title>%s: %s → %s</title><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        Html.escape(name),
        Words.number(value.applyAsDouble(layer.first())),
        Words.number(value.applyAsDouble(layer.last())),
        LEFT - 8,
        y + ROW - 5,
        Html.escape(shown));
    for (int i = 0; i < shades.size(); i++) {
      if (!shades.get(i).isEmpty()) {
        shape(out, "<path class=\"q%s\" d=\"%s\"/>", i == SHADES ? "x" : "" + i, shades.get(i));
      }
    }
    out.append("</g>\n");
  }

  /** The record nearest before the middle of a column; the first one before it. */
  private LayerRecord at(Layer layer, int column) {
    double step = first + (last - first) * (column + 0.5) / COLUMNS;
    LayerRecord found = layer.first();
    for (LayerRecord r : layer.records()) {
      if (r.step() > step) {
        break;
      }
      found = r;
    }
    return found;
  }

  /** The shade of a value; that of lost ones comes last, and -1 is for what was not measured. */
  private int shade(double v) {
    if (Double.isNaN(v)) {
      return -1;
    }
    if (Double.isInfinite(v)) {
      return SHADES;
    }
    double share =
        log ? (Math.log(Math.max(v, low)) - Math.log(low)) / (Math.log(high) - Math.log(low)) : v;
    return Double.isNaN(share)
        ? SHADES / 2
        : (int) Math.min(SHADES - 1.0, Math.max(0, Math.floor(share * SHADES)));
  }

  private static void shape(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
