package org.aitia.evidence.tracker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Lines;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.RunEnd;

/**
 * A run in MLflow's file store: a folder with {@code meta.yaml}, a file a metric and a file a
 * parameter. They are read together, with the {@code meta.yaml}.
 */
public final class MlflowReader implements Reader {
  private static final String META = "meta.yaml";
  private static final Set<String> PARTS = Set.of("metrics", "params", "tags");
  private static final Pattern POINT =
      Pattern.compile("\\d{8,16} [-+.\\deEnaifNIy]{1,40}( -?\\d{1,18}.*)?");

  /** Names of metrics may hold slashes, which are folders: to this depth. */
  private static final int MAX_DEPTH = 6;

  private static final int MAX_FILES = 2_000;

  /** MLflow's own limit for a parameter is 6,000 characters. */
  private static final int MAX_PARAMETER = 8_192;

  @Override
  public String format() {
    return "mlflow";
  }

  @Override
  public String describe() {
    return "MLflow file store: mlruns/<experiment>/<run> with meta.yaml, metrics, params";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText()) {
      return false;
    }
    if (head.name().equals(META)) {
      return head.text().contains("run_id:") && head.text().contains("lifecycle_stage:");
    }
    Path part = part(head.path());
    return part != null
        && (isMetric(part) ? POINT.matcher(head.firstLine()).matches() : store(part) != null);
  }

  /** The folder of metrics, parameters or tags that a file lies in, or null. */
  private static Path part(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    for (int depth = 0; folder != null && depth < MAX_DEPTH; depth++) {
      Path name = folder.getFileName();
      if (name != null && PARTS.contains(name.toString())) {
        return folder;
      }
      folder = folder.getParent();
    }
    return null;
  }

  private static boolean isMetric(Path part) {
    return part.endsWith("metrics");
  }

  /** The run's folder, when it holds the run's description. */
  private static Path store(Path part) {
    Path folder = part.getParent();
    return folder != null && Files.isReadable(folder.resolve(META)) ? folder : null;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    Path file = input.path().toAbsolutePath();
    if (file.getFileName().toString().equals(META)) {
      return run(input, file.getParent(), run);
    }
    Path store = store(part(file));
    boolean inside =
        store != null
            && store.relativize(file).getNameCount() <= Path.of(input.name()).getNameCount();
    if (inside) {
      return run.claim(format(), store.toString())
          ? new FileNote(input.name(), format(), FileNote.State.READ, "read with " + META)
          : another(input);
    }
    if (!isMetric(part(file))) {
      return new FileNote(
          input.name(), format(), FileNote.State.SKIPPED, "is part of a run: give its folder");
    }
    Points points = new Points(run, input.name(), null, input.vocabulary());
    long odd = metric(input, name(part(file), file), points);
    return note(input, points.finish(), 1, odd);
  }

  private FileNote another(Input input) {
    return new FileNote(
        input.name(),
        format(),
        FileNote.State.SKIPPED,
        "belongs to another run of the store: give that run's folder, or use --each");
  }

  private FileNote run(Input input, Path folder, RunBuilder run) throws IOException {
    JsonNode meta = Mappings.parse(ConfigReader.text(input));
    if ("deleted".equals(Json.text(meta, "lifecycle_stage"))) {
      return new FileNote(
          input.name(), format(), FileNote.State.SKIPPED, "is a run that was deleted");
    }
    if (!run.claim(format(), folder.toString())) {
      return another(input);
    }
    String place = input.name().substring(0, input.name().length() - META.length());
    run.fact("name", Json.text(meta, "run_name"));
    end(meta, run);
    Points points = new Points(run, place + "metrics", null, input.vocabulary());
    long odd = 0;
    int metrics = 0;
    // the short ones first: beside the evaluations the rest can be told to be steps
    Comparator<Path> bySize = Comparator.comparingLong(MlflowReader::size);
    for (Path file : files(folder.resolve("metrics"), bySize)) {
      Input one = input.beside(file, place + "metrics/" + file.getFileName());
      odd += metric(one, name(folder.resolve("metrics"), file), points);
      metrics++;
    }
    ObjectNode parameters = Json.MAPPER.createObjectNode();
    for (Path file : files(folder.resolve("params"), Comparator.naturalOrder())) {
      try (InputStream in = input.beside(file, file.toString()).text()) {
        String value = new String(in.readNBytes(MAX_PARAMETER), StandardCharsets.UTF_8).strip();
        parameters.set(name(folder.resolve("params"), file), parameter(value));
      }
    }
    ConfigFields.tree(parameters, place + "params", run, input.vocabulary());
    return note(input, points.finish(), metrics, odd);
  }

  private FileNote note(Input input, long taken, int metrics, long odd) {
    return new FileNote(
        input.name(),
        format(),
        odd == 0 ? FileNote.State.READ : FileNote.State.PARTIAL,
        taken
            + " values of "
            + metrics
            + (metrics == 1 ? " metric" : " metrics")
            + (odd == 0 ? "" : "; " + odd + " lines that are no values passed over"));
  }

  /** A parameter's value, which MLflow keeps as text. */
  static JsonNode parameter(String value) {
    String lower = value.toLowerCase(java.util.Locale.ROOT);
    if (lower.equals("true") || lower.equals("false")) {
      return Json.MAPPER.getNodeFactory().booleanNode(lower.equals("true"));
    }
    double number = Json.number(value);
    if (Double.isFinite(number)) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      return whole
          ? Json.MAPPER.getNodeFactory().numberNode((long) number)
          : Json.MAPPER.getNodeFactory().numberNode(number);
    }
    return Json.MAPPER.getNodeFactory().textNode(value);
  }

  private static void end(JsonNode meta, RunBuilder run) {
    String status =
        switch (String.valueOf(Json.text(meta, "status"))) {
          case "3", "FINISHED" -> "completed";
          case "4", "FAILED" -> "crashed";
          case "5", "KILLED" -> "stopped";
          default -> null;
        };
    if (status != null) {
      double seconds = (Json.number(meta, "end_time") - Json.number(meta, "start_time")) / 1_000;
      run.end(new RunEnd(status, null, seconds));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<Path> files(Path folder, Comparator<Path> order) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH)) {
      return walk.filter(Files::isRegularFile).limit(MAX_FILES).sorted(order).toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Reads lines of time, value and step; returns how many were none. */
  private static long metric(Input input, String name, Points points) throws IOException {
    boolean epochs = name.equals("epoch");
    long odd = 0;
    try (Lines lines = new Lines(input.text())) {
      for (String line = lines.nextText(); line != null; line = lines.nextText()) {
        String[] parts = line.strip().split(" ", 4);
        if (parts.length < 2 || !Json.isNumber(parts[1])) {
          odd += line.isBlank() ? 0 : 1;
          continue;
        }
        double step = parts.length > 2 ? Json.number(parts[2]) : 0;
        if (epochs) {
          points.epoch(step, Json.number(parts[1]));
        } else {
          points.add(name, step, Double.NaN, Json.number(parts[1]));
        }
      }
      odd += lines.firstTooLong() > 0 || lines.damage() != null ? 1 : 0;
    }
    return odd;
  }
}
