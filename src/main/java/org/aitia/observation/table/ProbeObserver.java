package org.aitia.observation.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aitia.observation.curve.Course;
import org.aitia.observation.data.Inputs;
import org.aitia.observation.data.Profiles;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Table;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * A probe: a small ensemble of trees learns from the raw rows, within each split and from one split
 * to another. It tells what the data allow from what the pipeline and the model made of them. Skill
 * is (accuracy - majority) / (1 - majority), or R².
 */
public final class ProbeObserver implements Observer {
  static final Measure WITHIN =
      new Measure(
          "probe-skill",
          "skill",
          "three-fold cross-validated skill of a tree ensemble on the split's raw rows");
  static final Measure TRANSFER =
      new Measure(
          "probe-transfer",
          "skill",
          "skill on the split of a tree ensemble trained on the raw training rows");
  public static final Measure BEST =
      new Measure(
          "probe-best",
          "skill",
          "the best of the probe's skills within training, within validation and from one to the"
              + " other");
  static final Measure TRAIN_DEFICIT =
      new Measure(
          "probe-training-deficit",
          "skill",
          "the probe's skill on validation, within it or from training, minus that within training");
  static final Measure LABEL_NOISE =
      new Measure(
          "label-noise-estimate",
          "share",
          "share of wrong training labels that would explain why the probe does worse within"
              + " training than on validation: its deficit over its skill on validation");
  static final Measure VALIDATION_DEFICIT =
      new Measure(
          "probe-validation-deficit",
          "skill",
          "the probe's skill within training minus that within validation");
  static final Measure TEST_DEFICIT =
      new Measure(
          "probe-test-deficit",
          "skill",
          "the probe's skill within validation minus that within test, less what so few test rows"
              + " explain: about 1 / sqrt(rows)");
  public static final Measure TRANSFER_LOSS =
      new Measure(
          "probe-transfer-loss",
          "skill",
          "the probe's skill within the split minus that of a probe trained on training");
  static final Measure LEARNING_GAIN =
      new Measure(
          "probe-learning-gain",
          "skill",
          "skill on test of a probe trained on validation minus that of one trained on training");
  static final Measure MODEL_SHORTFALL =
      new Measure(
          "model-below-probe",
          "skill",
          "skill of the probe from training to validation minus that of the model on validation");
  public static final Measure LAG_GAIN =
      new Measure(
          "label-lag-gain",
          "skill",
          "best skill within training with the labels moved by a few rows (limit label-lag-to), minus that with"
              + " the labels in place, or 0 where that is negative");
  static final Measure ROWS =
      new Measure("raw-training-rows", "rows", "raw training rows that were read");

  /** Trees an ensemble: skills settle within 0.03. */
  private static final int TREES = 25;

  /** Trees for each of the moved label sequences: a match stands out by far more. */
  private static final int LAG_TREES = 12;

  private static final int FOLDS = 3;

  /** Any fixed number: the probe has to say the same every time. */
  private static final long SEED = 17;

  static final Limit SKILLED = new Limit("probe-skill-for-noise-above");
  static final Limit LAGGING = new Limit("label-lag-skill-below");
  static final Limit MOST_LAG = new Limit("label-lag-to");

  @Override
  public String subject() {
    return "probe";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        WITHIN,
        TRANSFER,
        BEST,
        TRAIN_DEFICIT,
        LABEL_NOISE,
        VALIDATION_DEFICIT,
        TEST_DEFICIT,
        TRANSFER_LOSS,
        LEARNING_GAIN,
        MODEL_SHORTFALL,
        LAG_GAIN,
        ROWS);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SKILLED, LAGGING, MOST_LAG, RawData.MOST_CLASSES, Profiles.ENOUGH_ROWS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    run.table(Split.TRAIN)
        .ifPresent(t -> notes.note(ROWS, t.total(), Place.of(Split.TRAIN), t.source()));
    if (!Inputs.areNumbers(run)) {
      return;
    }
    RawData.of(run, notes.limits()).ifPresent(data -> probe(run, data, notes));
  }

  private static void probe(Run run, RawData data, Notebook notes) {
    Optional<RawData.Part> train = data.part(Split.TRAIN);
    Optional<RawData.Part> validation = data.part(Split.VALIDATION);
    Optional<RawData.Part> test = data.part(Split.TEST);
    double[] within = new double[Split.values().length];
    double[] transfer = new double[Split.values().length];
    Arrays.fill(within, Double.NaN);
    Arrays.fill(transfer, Double.NaN);
    int k = data.classes();
    ExtraTrees fromTrain = fit(train.get(), k);
    for (Split split : Split.values()) {
      if (data.part(split).isEmpty()) {
        continue;
      }
      RawData.Part part = data.part(split).get();
      Source source = run.table(split).map(Table::source).orElse(null);
      Place place = Place.of(split);
      within[split.ordinal()] = crossValidated(part, part.target(), k, TREES);
      notes.note(WITHIN, within[split.ordinal()], place, source);
      if (split != Split.TRAIN) {
        transfer[split.ordinal()] = skill(fromTrain, part, k);
        notes.note(TRANSFER, transfer[split.ordinal()], place, source);
        notes.note(
            TRANSFER_LOSS, within[split.ordinal()] - transfer[split.ordinal()], place, source);
      }
    }
    double t = within[Split.TRAIN.ordinal()];
    double v = within[Split.VALIDATION.ordinal()];
    double t2v = transfer[Split.VALIDATION.ordinal()];
    Source source = run.table(Split.TRAIN).map(Table::source).orElse(null);
    Place place = Place.of(Split.TRAIN);
    double onValidation = larger(v, t2v);
    notes.note(BEST, larger(t, onValidation), place, source);
    notes.note(TRAIN_DEFICIT, onValidation - t, place, source);
    if (k > 0 && onValidation > notes.limit(SKILLED)) {
      double noise = Math.min(1, Math.max(0, (onValidation - t) / onValidation));
      notes.note(LABEL_NOISE, noise, place, source);
    }
    notes.note(VALIDATION_DEFICIT, t - v, Place.of(Split.VALIDATION), source);
    test.ifPresent(
        part -> {
          double deficit = v - within[Split.TEST.ordinal()];
          double chance = 1 / Math.sqrt(part.rows());
          notes.note(
              TEST_DEFICIT,
              deficit > 0 ? Math.max(0, deficit - chance) : deficit,
              Place.of(Split.TEST),
              source);
        });
    if (validation.isPresent() && test.isPresent()) {
      double fromValidation = skill(fit(validation.get(), k), test.get(), k);
      notes.note(LEARNING_GAIN, fromValidation - transfer[Split.TEST.ordinal()], place, source);
    }
    Course course = new Course(run, notes.limits());
    if (course.isAccuracy() || course.isR2()) {
      double model = course.aboveChance(course.last(Split.VALIDATION), Split.VALIDATION);
      notes.note(MODEL_SHORTFALL, t2v - model, Place.of(Split.VALIDATION), source);
    }
    if (t < notes.limit(LAGGING)) {
      notes.note(LAG_GAIN, lagGain(train.get(), k, notes), place, source);
    }
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
  }

  private static ExtraTrees fit(RawData.Part part, int classes) {
    return fit(part, part.target(), classes, IntStream.range(0, part.rows()).toArray(), TREES);
  }

  private static ExtraTrees fit(
      RawData.Part part, double[] target, int classes, int[] rows, int trees) {
    return new ExtraTrees(part.columns(), target, classes, rows, trees, SEED);
  }

  private static double skill(ExtraTrees trees, RawData.Part part, int classes) {
    double[] predicted = new double[part.rows()];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = trees.predict(part.columns(), i);
    }
    return skill(predicted, part.target(), classes);
  }

  /** Rows are shuffled before they are parted: files are often sorted. */
  static double crossValidated(RawData.Part part, double[] target, int classes, int trees) {
    int n = target.length;
    int[] order = RawData.shuffled(IntStream.range(0, n).toArray(), SEED);
    double[] predicted = new double[n];
    for (int fold = 0; fold < FOLDS; fold++) {
      int f = fold;
      int[] rows = IntStream.range(0, n).filter(i -> i % FOLDS != f).map(i -> order[i]).toArray();
      ExtraTrees grown = fit(part, target, classes, rows, trees);
      for (int i = fold; i < n; i += FOLDS) {
        predicted[order[i]] = grown.predict(part.columns(), order[i]);
      }
    }
    return skill(predicted, target, classes);
  }

  /** NaN when there is only one class, or no spread. */
  static double skill(double[] predicted, double[] target, int classes) {
    int n = target.length;
    if (classes > 0) {
      double[] counts = new double[classes];
      double right = 0;
      for (int i = 0; i < n; i++) {
        counts[(int) target[i]]++;
        right += predicted[i] == target[i] ? 1 : 0;
      }
      double majority = Statistics.max(counts) / n;
      return majority < 1 ? (right / n - majority) / (1 - majority) : Double.NaN;
    }
    double mean = Statistics.mean(target);
    double error = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      error += (predicted[i] - target[i]) * (predicted[i] - target[i]);
      spread += (target[i] - mean) * (target[i] - mean);
    }
    return spread > 0 ? 1 - error / spread : Double.NaN;
  }

  private static double lagGain(RawData.Part train, int classes, Notebook notes) {
    int most = (int) notes.limit(MOST_LAG);
    int n = train.rows();
    double inPlace = crossValidated(train, train.target(), classes, LAG_TREES);
    double best = Double.NaN;
    for (int lag = -most; lag <= most; lag++) {
      if (lag != 0) {
        double[] moved = new double[n];
        for (int i = 0; i < n; i++) {
          moved[i] = train.target()[Math.floorMod(i + lag, n)];
        }
        best = larger(best, crossValidated(train, moved, classes, LAG_TREES));
      }
    }
    return best - Math.max(inPlace, 0);
  }
}
