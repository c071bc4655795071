package org.aitia.evidence.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.curve.Axis;

/**
 * Tables in a log: a line of names with lines of numbers below it, as fastai, Ultralytics, Chainer
 * and notebooks print them, and the boxes of stable-baselines, a name and a number a line.
 */
final class ConsoleTable {
  /**
   * A row.
   *
   * @param epoch NaN when the table counts no epochs
   * @param step NaN when it counts no steps
   */
  record Row(double epoch, double step, Map<String, Double> values) {}

  private static final int MOST_CELLS = 64;

  /** A bar that goes on behind the names. */
  private static final int BAR = 8;

  /** Parts of the loss of a detector. */
  private static final Set<String> PARTS =
      Set.of("box", "obj", "cls", "dfl", "seg", "pose", "kobj");

  private final Vocabulary vocabulary;
  private List<String> header;
  private boolean classes;

  /** Rows of a table that has one an epoch; NaN of others. */
  private double rows = Double.NaN;

  private Row last;
  private String section = "";
  private final Map<String, Double> box = new LinkedHashMap<>();

  ConsoleTable(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Whether a line belongs to a table; its rows are then to be had from {@link #finished}. */
  boolean takes(String line) {
    if (box(line)) {
      return true;
    }
    if (line.isBlank() || line.length() > 1_000) {
      return false;
    }
    String plain = cut(line);
    List<String> names = parts(names(plain));
    boolean torch = plain.startsWith("% ") && isMetric(names.get(0));
    if (torch || isHeader(names)) {
      header = names;
      rows = torch ? 0 : Double.NaN;
      classes = names.get(0).equalsIgnoreCase("class");
      return true;
    }
    return header != null && row(plain);
  }

  /** Whether a row was seen. */
  boolean hasRow() {
    return last != null || !box.isEmpty();
  }

  private Row done;

  /** The row that a line has just ended; null when none has. */
  Row finished() {
    Row row = done;
    done = null;
    return row;
  }

  /** The row that has not ended yet; null when there is none. */
  Row open() {
    Row row = last;
    last = null;
    return row;
  }

  /** A bar that stands behind is left out. */
  private static String cut(String line) {
    int bar = line.indexOf("%|");
    return bar < 0 ? line : line.substring(0, Math.max(0, bar - 3));
  }

  private static List<String> names(String line) {
    String text = line.strip();
    if (text.startsWith("% ")) {
      return Arrays.stream(text.split("\t")).map(String::strip).toList();
    }
    if (text.startsWith("Class ")) { // of Ultralytics, whose names are single words
      return cells(text.endsWith(":") ? text.substring(0, text.length() - 1) : text, false);
    }
    boolean wide = text.indexOf('\t') >= 0 || text.indexOf('|') >= 0 || text.contains("  ");
    return cells(text, wide);
  }

  /** Cells between blanks; between at least two of them where names are of several words. */
  private static List<String> cells(String text, boolean wide) {
    List<String> found = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < text.length() && found.size() < MOST_CELLS; i++) {
      char c = text.charAt(i);
      boolean two = i + 1 < text.length() && text.charAt(i + 1) == ' ';
      boolean inner = c == ' ' && wide && !two && cell.length() > 0;
      if (c == '\t' || c == '|' || c == ' ' && !inner) {
        add(found, cell);
      } else {
        cell.append(c);
      }
    }
    add(found, cell);
    return found;
  }

  private static void add(List<String> cells, StringBuilder cell) {
    String text = cell.toString().strip();
    cell.setLength(0);
    if (!text.isEmpty()) {
      cells.add(text);
    }
  }

  /** YOLOv5 heads the parts of its loss with a word each, beside the memory of the GPU. */
  private static List<String> parts(List<String> names) {
    return names.contains("gpu_mem")
        ? names.stream().map(n -> PARTS.contains(n) ? n + "_loss" : n).toList()
        : names.stream().map(ConsoleTable::torch).toList();
  }

  /** Torch7's logger: {@code % mean class accuracy (train set)}. */
  private static String torch(String name) {
    return name.startsWith("% ")
        ? name.substring(2).replace("mean class ", "").replace(" set)", ")")
        : name;
  }

  private boolean isHeader(List<String> names) {
    if (names.size() < 2 || names.size() >= MOST_CELLS || names.contains("support")) {
      return false; // scikit-learn's report has a row for each class
    }
    for (String name : names) { // what is told by letters alone comes first
      if (name.indexOf('=') >= 0
          || "[-<{".indexOf(name.charAt(0)) >= 0
          || name.endsWith(":") && !name.endsWith("):")
          || isAssigned(name)) {
        return false;
      }
    }
    int metrics = 0;
    int axes = 0;
    for (String name : names) {
      if (Figure.next(name.toLowerCase(Locale.ROOT), 0) != null && !isMetric(name)) {
        return false;
      }
      axes += axis(name).isPresent() ? 1 : 0;
      metrics += isMetric(name) ? 1 : 0;
    }
    return metrics > 0 && axes > 0
        || metrics > 1
            && names.size() <= 2 * metrics + 3
            && names.stream().allMatch(n -> n.indexOf(' ') < 0 || isMetric(n));
  }

  /** Whether it is a name with its number: {@code Loss: 0.52}. */
  private static boolean isAssigned(String name) {
    int colon = name.indexOf(": ");
    return colon > 0
        && colon + 2 < name.length()
        && name.charAt(colon + 2) >= '0'
        && name.charAt(colon + 2) <= '9';
  }

  private Optional<Axis> axis(String name) {
    return vocabulary.axis(name.replace("#", "").strip());
  }

  private boolean isMetric(String name) {
    Optional<Tag> tag = vocabulary.tag(name, null);
    return tag.isPresent()
        && (vocabulary.isMetric(tag.get().quantity()) || tag.get().quantity().endsWith("loss"));
  }

  private boolean row(String line) {
    List<String> cells = cells(line.strip(), false);
    if (cells.size() < header.size() || cells.size() > header.size() + BAR) {
      header = cells.size() < 2 || line.startsWith("-") ? header : null;
      return false;
    }
    if (cells.size() == header.size() + 1 && cells.get(0).chars().allMatch(Character::isDigit)) {
      cells = cells.subList(1, cells.size()); // pandas numbers the rows
    }
    double epoch = Double.isNaN(rows) ? Double.NaN : rows++;
    double step = Double.NaN;
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      double value = number(cells.get(i));
      Optional<Axis> axis = axis(name);
      if (axis.isPresent()) {
        if (Double.isNaN(value)) {
          return false;
        }
        epoch = axis.get() == Axis.EPOCH ? value : epoch;
        step = axis.get() == Axis.STEP ? value : step;
      } else if (isMetric(name)
          || vocabulary.tag(name, null).filter(t -> t.split() == null).isPresent()) {
        boolean nothing = Double.isNaN(value) && !cells.get(i).matches("-?[Nn][Aa][Nn]");
        if (nothing && !cells.get(i).matches("-+|None|n/a|No log")) {
          return false;
        }
        if (!nothing) {
          values.put(classes ? "val " + name.replace("):", "") : name, value);
        }
      }
    }
    if (values.isEmpty() || classes && !cells.get(0).equals("all")) {
      return classes;
    }
    Row row = new Row(epoch, step, values);
    if (last != null
        && (last.epoch() != epoch
            || last.step() != step
            || Double.isNaN(epoch) && Double.isNaN(step))) {
      done = last;
    }
    last = row;
    return true;
  }

  /** A number, the first of {@code 1/3}, one with a unit behind it; NaN for anything else. */
  private static double number(String cell) {
    String text = cell.toLowerCase(Locale.ROOT);
    Figure figure =
        Figure.next(text.endsWith(":") ? text.substring(0, text.length() - 1) : text, 0);
    boolean whole = figure != null && figure.begin() == 0 && (figure.end() >= text.length() - 1);
    return whole ? figure.percent() ? figure.value() / 100 : figure.value() : Double.NaN;
  }

  /** {@code | ep_rew_mean | 22.4 |} under {@code | rollout/ | |}. */
  private boolean box(String line) {
    if (!line.startsWith("|") || !line.stripTrailing().endsWith("|")) {
      if (!box.isEmpty() && line.startsWith("---")) {
        double step = total();
        box.keySet().removeIf(n -> axis(n).isPresent());
        done = new Row(Double.NaN, step, new LinkedHashMap<>(box));
        box.clear();
        section = "";
        return true;
      }
      return false;
    }
    List<String> cells = cells(line, true);
    if (cells.size() == 1 && cells.get(0).endsWith("/")) {
      section = cells.get(0);
      return true;
    }
    if (cells.size() != 2 || box.size() >= MOST_CELLS) {
      return false;
    }
    double value = number(cells.get(1));
    if (Double.isNaN(value) && !cells.get(1).equals("nan")) {
      return false;
    }
    box.put(section + cells.get(0), value);
    return true;
  }

  /**
   * The count that is the largest: of steps of all environments where those of one stand beside.
   */
  private double total() {
    return box.entrySet().stream()
        .filter(e -> axis(e.getKey()).filter(a -> a == Axis.STEP).isPresent())
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(Double.NaN);
  }
}
