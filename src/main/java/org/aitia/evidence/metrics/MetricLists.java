package org.aitia.evidence.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.curve.Axis;
import org.aitia.run.value.Split;

/**
 * Lists of values, one a metric, without a word on what an index stands for: Keras' history, the
 * arrays that scripts save. Lists of unequal length are brought side by side.
 */
public final class MetricLists {
  /** Values held at most, over all lists. */
  public static final int MAX_VALUES = 2_000_000;

  private static final int MAX_LISTS = 500;

  /** No one evaluates once in more epochs than this: the longer list is one by step. */
  private static final int MOST_EPOCHS_AN_EVALUATION = 20;

  /** Hardly any training has more epochs, hardly any has fewer steps. */
  private static final int MOST_EPOCHS = 1_000;

  private final Vocabulary vocabulary;
  private final Map<String, Values> lists = new LinkedHashMap<>();
  private int total;
  private boolean full;

  private static final class Values {
    double[] items = new double[16];
    int size;

    void add(double value) {
      if (size == items.length) {
        items = Arrays.copyOf(items, size * 2);
      }
      items[size++] = value;
    }
  }

  public MetricLists(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Whether a name is that of a quantity that a training measures. */
  public static boolean tells(String name, Vocabulary vocabulary) {
    Optional<Tag> tag = vocabulary.tag(name, null);
    return tag.isPresent()
        && (MetricsCsvReader.TELLING.contains(tag.get().quantity())
            || vocabulary.isMetric(tag.get().quantity())
            || tag.get().quantity().endsWith("loss"));
  }

  /** Whether a name is that of an axis, such as {@code epoch}. */
  public static boolean isAxis(String name, Vocabulary vocabulary) {
    return vocabulary.axis(name).isPresent();
  }

  /** Whether a name is that of an axis or of anything that a training measures. */
  boolean knows(String name) {
    return isAxis(name, vocabulary) || vocabulary.tag(name, null).isPresent();
  }

  public void add(String name, double value) {
    Values list = lists.get(name);
    if (list == null && lists.size() < MAX_LISTS) {
      list = new Values();
      lists.put(name, list);
    }
    if (list == null || total >= MAX_VALUES) {
      full = true;
      return;
    }
    total++;
    list.add(value);
  }

  /** Whether there was more than is held. */
  boolean full() {
    return full;
  }

  /** Hands the lists on in the order of the training; returns the number of values taken. */
  public long deliver(Points points) {
    Values epochs = axis(Axis.EPOCH);
    Values steps = axis(Axis.STEP);
    int longest = 0;
    int evaluations = 0;
    for (Map.Entry<String, Values> list : lists.entrySet()) {
      if (!isAxis(list.getKey(), vocabulary)) {
        longest = Math.max(longest, list.getValue().size);
        Split split = vocabulary.tag(list.getKey(), null).map(Tag::split).orElse(null);
        if (split == Split.VALIDATION || split == Split.TEST) {
          evaluations = Math.max(evaluations, list.getValue().size);
        }
      }
    }
    boolean bySteps =
        evaluations > 0
            ? longest > (long) MOST_EPOCHS_AN_EVALUATION * evaluations
            : longest > MOST_EPOCHS;
    List<Map.Entry<String, Values>> all =
        lists.entrySet().stream().filter(e -> !isAxis(e.getKey(), vocabulary)).toList();
    int[] next = new int[all.size()];
    for (int i = 0; i < longest; i++) {
      for (int k = 0; k < next.length; k++) {
        Values list = all.get(k).getValue();
        if (next[k] < list.size && place(next[k], list.size, longest) <= i) {
          boolean every = list.size == longest;
          double epoch =
              epochs != null && epochs.size == list.size
                  ? epochs.items[next[k]]
                  : bySteps ? (every ? Double.NaN : next[k]) : i;
          double step =
              steps != null && steps.size == list.size
                  ? steps.items[next[k]]
                  : bySteps ? i : Double.NaN;
          points.add(all.get(k).getKey(), step, epoch, list.items[next[k]++]);
        }
      }
    }
    return points.finish();
  }

  private Values axis(Axis axis) {
    return lists.entrySet().stream()
        .filter(e -> vocabulary.axis(e.getKey()).filter(axis::equals).isPresent())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /**
   * Index in the longest list at which a value of a shorter one was measured: evaluation every k-th
   * epoch gives a list of n / k values, rounded down.
   */
  static int place(int index, int size, int longest) {
    int every = Math.max(1, longest % size == 0 ? longest / size : smallest(size, longest));
    return Math.min(longest - 1, (index + 1) * every - 1);
  }

  private static int smallest(int size, int longest) {
    int every = longest / (size + 1) + 1;
    return longest / every == size ? every : 1;
  }
}
