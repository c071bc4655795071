package org.aitia.evidence.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Segments;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** The log as it is read line by line. */
final class ConsoleLog {
  private static final Pattern NAMESPACE = Pattern.compile("Namespace\\((.{3,4000})\\)");
  private static final Pattern ARGUMENT =
      Pattern.compile("(\\w{1,60})=('[^']{0,200}'|\\[[^\\]]{0,200}\\]|[^,()\\s]{1,60})");

  /** What transformers' and accelerate's scripts say of themselves before they begin. */
  private static final Map<String, Setting> SAID =
      Map.of(
          "Num Epochs", Setting.EPOCHS,
          "Instantaneous batch size per device", Setting.BATCH_SIZE,
          "Gradient Accumulation steps", Setting.ACCUMULATION_STEPS);

  private static final Pattern SAYS =
      Pattern.compile(
          "(Num Epochs|Instantaneous batch size per device|Gradient Accumulation steps) = (\\d{1,9})\\b");

  /** Values held back, since only the last training in a file counts. */
  private static final int HELD = 400_000;

  private static final int MAX_NAMES = 500;

  private final String file;
  private final RunBuilder run;
  private final Vocabulary vocabulary;
  private final Points points;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** By name: the epoch of the last value that had no other place. */
  private final Map<String, Double> lastAt = new HashMap<>();

  private int[] of = new int[1 << 10];
  private double[] steps = new double[1 << 10];
  private double[] epochs = new double[1 << 10];
  private double[] values = new double[1 << 10];
  private int held;
  private boolean streaming;
  private ConsoleLine bar;
  private final Remarks words = new Remarks();
  private long remarks;
  private int trainings = 1;
  private boolean restart;
  private double first = Double.NaN;
  private double label = Double.NaN;
  private double share = Double.NaN;
  private double lastStep = Double.NaN;
  private double lastRaw = Double.NaN;
  private double offset;
  private long ordinal;

  ConsoleLog(Input input, RunBuilder run) {
    this.file = input.name();
    this.vocabulary = input.vocabulary();
    this.run = run;
    this.points = new Points(run, file, null, vocabulary);
  }

  void line(String text, Segments in) {
    Optional<ConsoleLine> found = ConsoleLine.of(text, vocabulary);
    if (found.isEmpty() || found.get().values().isEmpty()) {
      remark(text, in.line());
      words.line(text, in.line());
    } else {
      words.wentOn();
    }
    if (found.isEmpty()) {
      settings(text);
      return;
    }
    ConsoleLine line = found.get();
    if (!line.bar()) {
      showBar();
      take(line, text);
      return;
    }
    if (bar != null
        && (line.within() < bar.within()
            || line.epoch() != bar.epoch() && !Double.isNaN(bar.epoch()))) {
      showBar();
    }
    if (!line.values().isEmpty() || !Double.isNaN(line.epoch())) {
      bar = line;
    }
    if (in.lineEnded()) {
      showBar();
    }
  }

  private void remark(String text, long line) {
    if (Remarks.holds(text)) {
      remarks++;
      run.remark(text, new Source(file, String.valueOf(line)));
    }
  }

  /** A bar counts as it was shown last. */
  private void showBar() {
    if (bar != null) {
      ConsoleLine last = bar;
      bar = null;
      take(last, "");
    }
  }

  private void settings(String text) {
    Matcher says = SAYS.matcher(text);
    if (says.find()) {
      run.setting(
          SAID.get(says.group(1)), Long.valueOf(says.group(2)), new Source(file, says.group(1)));
    }
    Matcher namespace = NAMESPACE.matcher(text);
    if (namespace.find()) {
      ObjectNode found = Json.MAPPER.createObjectNode();
      Matcher argument = ARGUMENT.matcher(namespace.group(1));
      while (argument.find()) {
        put(found, argument.group(1), argument.group(2));
      }
      ConfigFields.tree(found, file, run, vocabulary);
    }
  }

  private static void put(ObjectNode into, String name, String value) {
    if (value.startsWith("'")) {
      into.put(name, value.substring(1, value.length() - 1));
    } else if (value.equals("True") || value.equals("False")) {
      into.put(name, value.equals("True"));
    } else if (Json.isNumber(value)) {
      into.put(name, Json.number(value));
    } else if (!value.equals("None") && !value.startsWith("[")) {
      into.put(name, value);
    }
  }

  private void take(ConsoleLine line, String text) {
    if (line.evaluation()) {
      return;
    }
    place(line);
    if (line.values().isEmpty()) {
      return;
    }
    if (restart) {
      restart();
    }
    boolean counted = Double.isNaN(share) && !Double.isNaN(label);
    double epoch = counted ? label - (first >= 1 ? 1 : 0) : share;
    double step = step(line, counted);
    boolean total = text.contains("train_runtime");
    boolean hidden =
        line.values().getOrDefault("loss", 1.0) == 0
            && !Double.isFinite(line.values().getOrDefault("grad_norm", 0.0));
    for (Map.Entry<String, Double> value : line.values().entrySet()) {
      String name = value.getKey();
      boolean again = line.bar() && counted && epoch == lastAt.getOrDefault(name, Double.NaN);
      // a second bar in an epoch is that of an evaluation, which says no split
      if (!(total && name.equals("train_loss")) && !again) {
        add(name, step, epoch, hidden && name.equals("loss") ? Double.NaN : value.getValue());
        if (line.bar() && lastAt.size() < MAX_NAMES) {
          lastAt.put(name, epoch);
        }
      }
    }
  }

  /** Follows the epochs; one that begins anew, from the first, is another training. */
  private void place(ConsoleLine line) {
    if (Double.isNaN(line.epoch())) {
      return;
    }
    if (!line.counted()) {
      restart |= line.epoch() < share && line.epoch() <= 1 && share > 1;
      share = line.epoch();
      return;
    }
    if (Double.isNaN(first)) {
      first = line.epoch();
    } else if (line.epoch() == first && label > first) {
      restart = true;
    }
    label = line.epoch();
    share = Double.NaN;
  }

  private void restart() {
    restart = false;
    trainings++;
    lastStep = Double.NaN;
    lastRaw = Double.NaN;
    offset = 0;
    ordinal = 0;
    lastAt.clear();
    if (!streaming) {
      held = 0;
    }
  }

  /** The step that a line stands for, counted over the whole training; NaN when none is told. */
  private double step(ConsoleLine line, boolean counted) {
    boolean none = Double.isNaN(line.step()) && Double.isNaN(line.within());
    if (line.bar() || none) {
      if (!counted && !Double.isNaN(share) && line.values().containsKey("loss")) {
        return lastStep = ordinal++; // transformers' lines say no step: they are counted
      }
      // the result of an epoch stands where its last batch stood
      boolean nowhere = !counted && Double.isNaN(share) && Double.isNaN(lastStep);
      return nowhere ? ordinal++ : lastStep;
    }
    if (Double.isNaN(line.step()) && !Double.isNaN(line.length()) && counted) {
      lastStep = (label - (first >= 1 ? 1 : 0)) * line.length() + line.within();
      return lastStep;
    }
    double raw = Double.isNaN(line.step()) ? line.within() : line.step();
    if (raw < lastRaw) {
      offset = lastStep + 1; // counted anew in each epoch
    }
    lastRaw = raw;
    lastStep = raw + offset;
    return lastStep;
  }

  private void add(String name, double step, double epoch, double value) {
    if (streaming) {
      points.add(name, step, epoch, value);
      return;
    }
    Integer number = numbers.get(name);
    if (number == null) {
      if (names.size() >= MAX_NAMES) {
        return;
      }
      number = names.size();
      names.add(name);
      numbers.put(name, number);
    }
    if (held == of.length) {
      int size = of.length * 2;
      of = Arrays.copyOf(of, size);
      steps = Arrays.copyOf(steps, size);
      epochs = Arrays.copyOf(epochs, size);
      values = Arrays.copyOf(values, size);
    }
    of[held] = number;
    steps[held] = step;
    epochs[held] = epoch;
    values[held++] = value;
    if (held == HELD) {
      deliver();
      streaming = true;
    }
  }

  private void deliver() {
    for (int i = 0; i < held; i++) {
      points.add(names.get(of[i]), steps[i], epochs[i], values[i]);
    }
    held = 0;
  }

  /** Lines by which the program warned or failed. */
  long remarks() {
    return remarks;
  }

  /** Trainings that began in the file; only the last counts. */
  int trainings() {
    return trainings;
  }

  long finish() {
    showBar();
    deliver();
    words.finish(file, run);
    return points.finish();
  }
}
