package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.vocabulary.Vocabulary;

/**
 * Values held back: only the last training of a log counts, and what some of them are is told by
 * those that follow. Past a limit they are handed on as they come.
 */
final class HeldValues {
  private static final int MOST = 400_000;

  /** Tells what is said of the best so far from what is. */
  static final String OF_BEST = " (best)";

  private static final int MAX_NAMES = 500;

  /** Values that a training that has only just begun shows at most. */
  private static final int FEW = 8;

  /** How many times as many the one before it shows at least. */
  private static final int MANY_TIMES = 10;

  /** Values of the training before the last. */
  private record Held(int[] of, double[] steps, double[] epochs, double[] values, int size) {}

  private final Points points;
  private final Vocabulary vocabulary;
  private final List<LineValues.Value> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** Names of values that stood beside a loss of the training, or at a step of it. */
  private final Set<String> beside = new HashSet<>();

  /** By name: the epoch, as written, of the last line of the training that showed a value. */
  private final Map<String, Double> shownAt = new HashMap<>();

  /** Names of values that single batches show. */
  private final Set<String> ofBatches = new HashSet<>();

  private int[] of = new int[1 << 10];
  private double[] steps = new double[1 << 10];
  private double[] epochs = new double[1 << 10];
  private double[] values = new double[1 << 10];
  private int held;
  private Held before;
  private boolean streaming;
  private boolean losses;

  HeldValues(Points points, Vocabulary vocabulary) {
    this.points = points;
    this.vocabulary = vocabulary;
  }

  /**
   * Notes what the values of a line stand beside.
   *
   * @param training whether the line is one of the training, by its loss or by its place
   */
  void beside(ConsoleLine line, boolean training) {
    losses |= line.trains();
    if (training && beside.size() < MAX_NAMES) {
      line.values().stream().filter(v -> v.split() == null).forEach(v -> beside.add(v.name()));
    }
  }

  /** Notes the values that a line of the training shows. */
  void shown(ConsoleLine line) {
    if (line.place().counted() && !line.evaluation() && shownAt.size() < MAX_NAMES) {
      line.values().forEach(v -> shownAt.put(v.name(), line.place().epoch()));
    }
  }

  /**
   * Whether the training has shown the same values in the epoch of a line: it is then evaluated.
   *
   * @param raw the step that the training stands at, as it was written
   */
  boolean hasShown(ConsoleLine line, double raw) {
    return line.place().counted()
        && !(line.place().within() > raw)
        && !line.values().isEmpty()
        && line.values().stream()
            .allMatch(v -> shownAt.getOrDefault(v.name(), Double.NaN) == line.place().epoch());
  }

  /** Whether a line shows over an epoch what others show of its batches, under the same name. */
  boolean isMean(ConsoleLine line, String name) {
    boolean batch =
        !Double.isNaN(line.place().within())
            || !Double.isNaN(line.place().step()) && !line.place().counted();
    if (batch && ofBatches.size() < MAX_NAMES) {
      ofBatches.add(name);
    }
    return line.place().counted()
        && Double.isNaN(line.place().within())
        && Double.isNaN(line.place().step())
        && ofBatches.contains(name);
  }

  /** Whether something was shown under a name. */
  boolean has(String name) {
    return numbers.containsKey(name);
  }

  /** Adds what was the best so far, of no place: such values count in their order. */
  void best(LineValues.Value value) {
    int number = numbers.getOrDefault(value.name(), -1);
    long before = IntStream.range(0, held).filter(i -> of[i] == number).count();
    add(value, Double.NaN, before, value.value());
  }

  void add(LineValues.Value value, double step, double epoch, double v) {
    if (streaming && value.name().endsWith(OF_BEST)) {
      return;
    }
    if (streaming) {
      points.add(value.name(), value.readAs(), step, epoch, v);
      return;
    }
    Integer number = numbers.get(value.name());
    if (number == null) {
      if (names.size() >= MAX_NAMES) {
        return;
      }
      number = names.size();
      names.add(value);
      numbers.put(value.name(), number);
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
    values[held++] = v;
    if (held == MOST) {
      deliver();
      streaming = true;
    }
  }

  /**
   * Another training begins. What is held of the one before is kept until it is clear that the new
   * one has more than just begun.
   */
  void restart() {
    if (streaming) {
      return;
    }
    if (held > FEW) {
      before = new Held(of, steps, epochs, values, held);
      of = new int[1 << 10];
      steps = new double[1 << 10];
      epochs = new double[1 << 10];
      values = new double[1 << 10];
    }
    held = 0;
  }

  /** Whether the last training has only just begun, and the one before counts. */
  boolean hasJustBegun() {
    return before != null && held <= FEW && before.size() >= MANY_TIMES * held;
  }

  /** Hands on all that is held. */
  void deliver() {
    if (hasJustBegun()) {
      of = before.of();
      steps = before.steps();
      epochs = before.epochs();
      values = before.values();
      held = before.size();
    }
    before = null;
    boolean rises = rises();
    String[] readAs =
        names.stream()
            .map(this::readAs)
            .map(n -> n.replace("_goal", rises ? "_score" : "_loss"))
            .toArray(String[]::new);
    int[] counts = new int[names.size()];
    IntStream.range(0, held).forEach(i -> counts[of[i]]++);
    boolean[] again = new boolean[names.size()];
    for (int i = 0; i < again.length; i++) {
      again[i] = isToldElsewhere(i, readAs, counts);
    }
    for (int i = 0; i < held; i++) {
      if (!again[of[i]]) {
        String name = names.get(of[i]).name().replace(OF_BEST, "");
        points.add(name, readAs[of[i]], steps[i], epochs[i], values[i]);
      }
    }
    held = 0;
  }

  /** Whether what is said of the best is a value that the log shows by itself, as often. */
  private boolean isToldElsewhere(int number, String[] readAs, int[] counts) {
    return names.get(number).name().endsWith(OF_BEST)
        && IntStream.range(0, readAs.length)
            .filter(k -> !names.get(k).name().endsWith(OF_BEST) && counts[k] >= counts[number])
            .anyMatch(
                k -> vocabulary.tag(readAs[k], null).equals(vocabulary.tag(readAs[number], null)));
  }

  /** Whether what is worked towards, which some programs do not name, gets larger. */
  private boolean rises() {
    double from = Double.NaN;
    double to = Double.NaN;
    Set<String> goals = Set.of("train_goal", "val_goal", "valid_goal");
    String goal =
        names.stream().map(LineValues.Value::name).filter(goals::contains).findFirst().orElse("");
    for (int i = 0; i < held; i++) {
      if (names.get(of[i]).name().equals(goal)) {
        from = Double.isNaN(from) ? values[i] : from;
        to = values[i];
      }
    }
    return to > from;
  }

  /** A score that never stands beside the loss of the training is that of an evaluation. */
  private String readAs(LineValues.Value value) {
    boolean apart =
        value.split() == null
            && losses
            && !beside.contains(value.name().replace(ConsoleLog.OF_EPOCH, ""))
            && vocabulary
                .tag(value.readAs(), null)
                .filter(t -> t.split() != null && !t.quantity().endsWith("loss"))
                .isPresent();
    return apart ? "validation " + value.readAs() : value.readAs();
  }
}
