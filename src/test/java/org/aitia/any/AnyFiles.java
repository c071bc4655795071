package org.aitia.any;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aitia.run.value.Split;

/** The files of a run, well-formed, with any values in them. */
final class AnyFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private AnyFiles() {}

  static void write(Path folder, long seed, double wild) throws IOException {
    Wild w = new Wild(seed, wild);
    Plot plot = Plot.of(seed);
    save(folder, "metrics.csv", metrics(w, plot));
    save(folder, "record.run.jsonl", record(w, plot));
    save(folder, "report.json", report(w, plot));
    for (Split split : Split.values()) {
      save(folder, split.id() + ".csv", table(w, plot));
    }
    save(folder, "history.json", history(w, plot));
  }

  private static void save(Path folder, String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String cell(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String metrics(Wild w, Plot plot) {
    StringBuilder out = new StringBuilder("epoch,loss,val_loss,val_accuracy,lr,");
    out.append(cell(w.text("extra"))).append('\n');
    for (int e = 0; e < w.many(plot.epochs()); e++) {
      List<String> row = new ArrayList<>();
      row.add(number(w, e));
      row.add(number(w, plot.loss(Split.TRAIN, e)));
      row.add(number(w, plot.loss(Split.VALIDATION, e)));
      row.add(number(w, plot.metric(Split.VALIDATION, e)));
      row.add(number(w, 0.01));
      row.add(cell(w.text("1")));
      out.append(String.join(",", row)).append('\n');
    }
    return out.toString();
  }

  private static String number(Wild w, double sane) {
    double value = w.number(sane);
    return Double.isNaN(value) ? w.of("nan", "NaN", "") : String.valueOf(value);
  }

  private static String table(Wild w, Plot plot) {
    StringBuilder out = new StringBuilder("a,b,c,target\n");
    for (int i = 0; i < w.many(80); i++) {
      double a = w.gauss();
      String target =
          plot.isRegression() ? String.valueOf(w.number(a)) : a > 0 ? "yes" : w.text("no");
      out.append(number(w, a)).append(',').append(number(w, w.gauss())).append(',');
      out.append(number(w, i)).append(',').append(cell(target)).append('\n');
    }
    return out.toString();
  }

  private static ObjectNode moments(Wild w, ObjectNode into) {
    into.put("mean", w.number(0)).put("std", w.number(1));
    return into.put("min", w.number(-3)).put("max", w.number(3));
  }

  private static ObjectNode data(Wild w, Plot plot, Split split) {
    ObjectNode data = moments(w, JSON.createObjectNode());
    data.put("split", w.text(split.id()));
    data.put("samples", w.count(plot.samples()));
    data.putArray("shape").add(w.count(3));
    data.put("missing_fraction", w.number(0)).put("non_finite", w.count(0));
    if (plot.isRegression()) {
      moments(w, data.putObject("target"));
    } else {
      ObjectNode labels = data.putObject("labels");
      for (int c = 0; c < plot.classes(); c++) {
        labels.put(w.text("c" + c), w.count(50));
      }
    }
    ArrayNode columns = data.putArray("columns");
    for (int j = 0; j < w.many(3); j++) {
      ObjectNode column = moments(w, columns.addObject());
      column.put("name", w.text("a" + j)).put("missing_fraction", w.number(0));
      ArrayNode quantiles = column.putArray("quantiles");
      for (int q = 0; q < 11; q++) {
        quantiles.add(w.number(q - 5));
      }
    }
    return data;
  }

  private static ObjectNode tensor(Wild w, double scale) {
    ObjectNode stats = moments(w, JSON.createObjectNode());
    stats.put("norm", w.number(scale)).put("abs_max", w.number(scale));
    return stats.put("non_finite", w.count(0)).put("zero_fraction", w.number(0));
  }

  private static String record(Wild w, Plot plot) throws IOException {
    List<ObjectNode> lines = new ArrayList<>();
    ObjectNode run = line(lines, "run").put("schema", "run-record/1");
    run.put("task", w.text(plot.task() == null ? "classification" : plot.task()));
    run.put("classes", w.count(plot.classes())).put("framework", w.text(plot.framework()));
    ObjectNode config = line(lines, "config");
    config.putObject("optimizer").put("name", w.text("SGD")).put("learning_rate", w.number(0.1));
    config.putObject("loss").put("name", w.text(plot.loss()));
    config.put("batch_size", w.count(plot.batch())).put("epochs", w.count(plot.epochs()));
    for (Split split : Split.values()) {
      lines.add(data(w, plot, split).put("type", "data"));
    }
    ObjectNode model = line(lines, "model").put("parameters", w.count(100));
    ArrayNode modules = model.putArray("modules");
    for (int i = 0; i < w.many(3); i++) {
      ObjectNode module = modules.addObject().put("name", w.text("fc" + i));
      module.put("kind", w.text("Linear")).put("parameters", w.count(72));
      module.putArray("shape").add(w.count(8)).add(w.count(8));
      module.put("calls", w.count(1)).put("trainable", true).put("optimized", w.chance(0.9));
    }
    for (int i = 0; i < w.many(10); i++) {
      ObjectNode step = line(lines, "step").put("step", w.number(i)).put("epoch", w.number(0));
      step.put("loss", w.number(plot.stepLoss(i))).put("gradient_norm", w.number(1));
      moments(w, step.putObject("batch"));
      ObjectNode layer = line(lines, "layer").put("step", w.number(i)).put("name", w.text("fc0"));
      layer.set("weight", tensor(w, 1));
      layer.set("gradient", tensor(w, 0.1));
      layer.set("activation", tensor(w, 1));
      layer.put("update_ratio", w.number(1e-3));
      ObjectNode epoch = line(lines, "epoch").put("epoch", w.number(i)).put("step", w.number(i));
      epoch.put("split", w.text("validation")).put("loss", w.number(1));
      epoch.putObject("metrics").put(w.text("accuracy"), w.number(0.5));
    }
    StringBuilder out = new StringBuilder();
    for (ObjectNode line : lines) {
      out.append(JSON.writeValueAsString(line)).append('\n');
    }
    return out.toString();
  }

  private static ObjectNode line(List<ObjectNode> lines, String type) {
    ObjectNode line = JSON.createObjectNode().put("type", type);
    lines.add(line);
    return line;
  }

  private static String report(Wild w, Plot plot) throws IOException {
    ObjectNode report = JSON.createObjectNode().put("schema", "symptom-report/1");
    report.put("task", w.text("classification")).put("classes", w.count(plot.classes()));
    report.putObject("target").put("metric", w.text("accuracy")).put("value", w.number(0.9));
    report.putObject("results").putObject("validation").put("accuracy", w.number(0.7));
    ArrayNode series = report.putObject("series").putArray("loss");
    for (int i = 0; i < w.many(8); i++) {
      series.addArray().add(w.number(i)).add(w.number(2));
    }
    report.put("notes", w.text("a note"));
    return JSON.writeValueAsString(report);
  }

  private static String history(Wild w, Plot plot) throws IOException {
    ObjectNode history = JSON.createObjectNode();
    for (String name : List.of("loss", "val_loss", "accuracy", "val_f1")) {
      ArrayNode values = history.putArray(w.text(name));
      for (int e = 0; e < w.many(plot.epochs()); e++) {
        values.add(w.number(plot.loss(Split.TRAIN, e)));
      }
    }
    return JSON.writeValueAsString(history);
  }
}
