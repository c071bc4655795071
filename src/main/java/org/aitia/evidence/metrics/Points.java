package org.aitia.evidence.metrics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aitia.evidence.vocabulary.Tag;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Budget;
import org.aitia.run.RunBuilder;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Family;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Points of a log on their way to the run. They are held back in blocks: only side by side can
 * series be told to be logged by step or by epoch, and steps be given their epochs.
 */
public final class Points {
  /** Points held back at most. */
  static final int BLOCK = 32_768;

  /** Room for points to begin with: most logs are short. */
  private static final int FIRST = 1_024;

  /** Series of one file at most. */
  public static final int MAX_TRACKS = 2_000;

  /** A training series with at most this many times the points of an evaluation is one by epoch. */
  private static final double LIKE_EVALUATION = 1.5;

  /** Hardly any training has more epochs, hardly any has fewer steps. */
  private static final int MOST_EPOCHS = 1_000;

  /** A share cannot exceed one: with room for rounding, it must be per cent. */
  private static final double PER_CENT = 1.5;

  private final RunBuilder run;
  private final String file;
  private final Split folder;
  private final Vocabulary vocabulary;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final TreeMap<Double, Double> epochs = new TreeMap<>();
  private Track[] of = new Track[FIRST];
  private double[] steps = new double[FIRST];
  private double[] at = new double[FIRST];
  private double[] values = new double[FIRST];
  private int held;
  private long total;
  private boolean tooMany;

  /**
   * Points of one file.
   *
   * @param file name that the points' source is given
   * @param folder split that the folder's name gives, or null
   * @param vocabulary what the names of the points stand for
   */
  public Points(RunBuilder run, String file, Split folder, Vocabulary vocabulary) {
    this.run = run;
    this.vocabulary = vocabulary;
    this.file = file;
    this.folder = folder;
  }

  /** Whether the name is one of a series. */
  boolean knows(String name) {
    return track(name, name) != null && vocabulary.pace(name).isEmpty();
  }

  /**
   * A point.
   *
   * @param step NaN when the log has none
   * @param epoch likewise
   */
  public void add(String name, double step, double epoch, double value) {
    add(name, name, step, epoch, value);
  }

  /** A point of a series whose name is to be read as another one. */
  public void add(String name, String readAs, double step, double epoch, double value) {
    Track track = track(name, readAs);
    if (track == null) {
      return;
    }
    Budget.step();
    if (held == BLOCK) {
      flush();
    } else if (held == of.length) {
      int size = Math.min(BLOCK, held * 4);
      of = Arrays.copyOf(of, size);
      steps = Arrays.copyOf(steps, size);
      at = Arrays.copyOf(at, size);
      values = Arrays.copyOf(values, size);
    }
    of[held] = track;
    steps[held] = step;
    at[held] = epoch;
    values[held++] = value;
    total++;
  }

  /** Notes the epoch of a step. */
  public void epoch(double step, double epoch) {
    if (Double.isFinite(step) && Double.isFinite(epoch)) {
      epochs.put(step, epoch);
      if (epochs.size() > BLOCK) {
        flush();
      }
    }
  }

  /** Hands on what is held; returns the number of points taken in all. */
  public long finish() {
    flush();
    return total;
  }

  /** Whether there were more series than are followed. */
  public boolean tooMany() {
    return tooMany;
  }

  private Track track(String name, String readAs) {
    Track known = tracks.get(name);
    if (known == null && !tracks.containsKey(name)) {
      if (tracks.size() >= MAX_TRACKS) {
        tooMany = true;
        return null;
      }
      int number = tracks.size();
      known =
          vocabulary
              .tag(readAs, folder)
              .or(() -> vocabulary.pace(name).map(q -> new Tag(q, null, true, Axis.STEP)))
              .map(t -> new Track(name, number, t))
              .orElse(null);
      tracks.put(name, known);
    }
    return known;
  }

  private void flush() {
    for (int i = 0; i < held; i++) {
      if (Double.isNaN(at[i]) && !Double.isNaN(steps[i])) {
        at[i] = epochs.getOrDefault(steps[i], Double.NaN);
      }
      if (!of[i].decided) {
        of[i].see(steps[i], at[i], values[i]);
      }
    }
    long evaluations = 0;
    boolean trainNamed = false;
    for (Track track : tracks.values()) {
      if (track != null) {
        Split split = track.tag.split();
        boolean evaluation = split == Split.VALIDATION || split == Split.TEST;
        evaluations = Math.max(evaluations, evaluation ? track.seen : 0);
        trainNamed |= split == Split.TRAIN && track.tag.stated();
      }
    }
    Set<Track> evaluated = besideEvaluations();
    for (Track track : tracks.values()) {
      if (track != null && !track.decided && track.seen > 0) {
        decide(track, evaluations, trainNamed || evaluated.contains(track));
      }
    }
    for (int i = 0; i < held; i++) {
      deliver(of[i], steps[i], at[i], values[i]);
      of[i] = null;
    }
    held = 0;
    Map.Entry<Double, Double> last = epochs.lastEntry();
    epochs.clear();
    if (last != null) {
      epochs.put(last.getKey(), last.getValue());
    }
  }

  /**
   * Scores that name no split and stand beside values of the validation only, never beside a loss
   * of the training: the loggers of many programs name the loss alone.
   */
  private Set<Track> besideEvaluations() {
    if (tracks.values().stream().allMatch(t -> t == null || t.decided || t.seen == 0)) {
      return Set.of();
    }
    Set<List<Double>> validated = new HashSet<>();
    Set<List<Double>> trained = new HashSet<>();
    for (int i = 0; i < held; i++) {
      Tag tag = of[i].tag;
      List<Double> place = List.of(steps[i], at[i]);
      if (tag.split() == Split.VALIDATION && tag.stated()) {
        validated.add(place);
      } else if (tag.split() == Split.TRAIN && tag.quantity().endsWith(Quantity.LOSS)) {
        trained.add(place);
      }
    }
    Set<Track> found = new HashSet<>();
    for (int i = 0; i < held && !validated.isEmpty(); i++) {
      Tag tag = of[i].tag;
      if (tag.split() == Split.TRAIN && !tag.stated() && !of[i].decided) {
        found.add(of[i]);
      }
    }
    for (int i = 0; i < held; i++) {
      List<Double> place = List.of(steps[i], at[i]);
      if (!validated.contains(place) || trained.contains(place)) {
        found.remove(of[i]);
      }
    }
    return found;
  }

  private void decide(Track track, long evaluations, boolean trainNamed) {
    Tag tag = track.tag;
    Split split = tag.split();
    if (split == Split.TRAIN && !tag.stated() && folder == null && trainNamed && lonely(tag)) {
      // beside a "train_loss", a bare "accuracy" is that of the evaluation
      split = Split.VALIDATION;
    }
    Axis axis = tag.axis();
    if (axis == null) {
      axis = axis(track, split, evaluations);
    }
    track.stepIsEpoch =
        axis == Axis.EPOCH
            && track.epochsSeen == 0
            && (tag.axis() == Axis.EPOCH || track.seen > 1 && track.contiguous);
    boolean share = vocabulary.family(tag.quantity()).percent();
    track.scale = share && track.max > PER_CENT ? 0.01 : 1;
    track.key = new SeriesKey(quantity(track), split, axis);
    track.source = new Source(file, track.name);
    track.decided = true;
  }

  /** Whether the metric scores a model and no other series states the split of the same. */
  private boolean lonely(Tag tag) {
    return vocabulary.family(tag.quantity()).better() != Family.Better.EITHER
        && !tag.quantity().equals(Quantity.LOSS)
        && !tag.quantity().equals("reward")
        && tracks.values().stream()
            .noneMatch(t -> t != null && t.tag.stated() && t.tag.quantity().equals(tag.quantity()));
  }

  /** Of several learning rates, the one most often written is the run's, and of those the first. */
  private String quantity(Track track) {
    String quantity = track.tag.quantity();
    if (track.tag.split() != null) {
      return quantity;
    }
    Track first = track;
    for (Track other : tracks.values()) {
      if (other != null && other.tag.quantity().equals(quantity) && other.seen > first.seen) {
        first = other;
      } else if (other != null
          && other.tag.quantity().equals(quantity)
          && other.seen == first.seen
          && other.number < first.number) {
        first = other;
      }
    }
    return first == track ? quantity : track.name;
  }

  private Axis axis(Track track, Split split, long evaluations) {
    if (split == Split.VALIDATION || split == Split.TEST) {
      return Axis.EPOCH;
    }
    if (split == null && track.epochsSeen > 0) {
      return track.stepsSeen > 0 || track.many() ? Axis.STEP : Axis.EPOCH;
    }
    if (track.epochsSeen > 0) {
      return track.many() ? Axis.STEP : Axis.EPOCH;
    }
    boolean likeEvaluation = evaluations > 0 && track.seen <= LIKE_EVALUATION * evaluations;
    if (split == null) {
      return likeEvaluation && track.contiguous && track.seen > 1 ? Axis.EPOCH : Axis.STEP;
    }
    // alone in a folder of its split, with steps 0, 1, 2 ...: those are epochs, if they are few
    boolean few = folder != null && track.contiguous && track.seen <= MOST_EPOCHS;
    return likeEvaluation || few ? Axis.EPOCH : Axis.STEP;
  }

  private void deliver(Track track, double step, double epoch, double value) {
    double when = Double.isNaN(epoch) && track.stepIsEpoch ? step : epoch;
    double at = track.isCounted() ? track.delivered++ : Double.isNaN(step) ? when : step;
    if (track.isCounted()) {
      when = track.epochsSeen == 0 ? at : when;
    }
    run.point(track.key, track.source, at, when, value * track.scale);
  }
}
