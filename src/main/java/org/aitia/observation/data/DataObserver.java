package org.aitia.observation.data;

import java.util.List;
import java.util.Optional;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.data.Column;
import org.aitia.run.data.DataProfile;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Split;

/** What enters the model: its scale, its gaps, its tails. */
public final class DataObserver implements Observer {
  static final Measure NON_FINITE =
      new Measure("input-non-finite", "count", "input values that are NaN or infinite");
  static final Measure MISSING =
      new Measure(
          "input-missing-share", "share", "share of missing values among the model's inputs");
  static final Measure MISSING_COLUMNS =
      new Measure(
          "input-columns-wholly-missing",
          "count",
          "columns that hold no value at all in any split: a column divided by a spread of zero");
  static final Measure STD =
      new Measure("input-std", "input units", "standard deviation over all training inputs");
  static final Measure OFFSET =
      new Measure("input-offset", "standard deviations", "|mean| / std over all training inputs");
  static final Measure RANGE =
      new Measure("input-range", "input units", "largest minus smallest training input");
  static final Measure CONSTANT_COLUMNS =
      new Measure("input-constant-columns", "share", "share of training columns that are constant");
  static final Measure UNIT_COLUMNS =
      new Measure(
          "input-columns-off-unit-spread",
          "input units",
          "median over the training columns of |std - 1|: 0 when each was standardised");
  static final Measure TAIL =
      new Measure(
          "input-tail",
          "ratio",
          "median over the training columns of the outer tenth's width over that of the inner eight"
              + " tenths");
  static final Measure ROBUST =
      new Measure(
          "input-spread-over-core",
          "ratio",
          "median over the training columns of std over the std of a normal core with the same"
              + " first and ninth decile; 1 for normal data");
  static final Measure PILE =
      new Measure(
          "input-equal-deciles",
          "deciles",
          "median over the training columns of the longest run of equal neighbouring deciles");
  static final Measure SHARED_LIMITS =
      new Measure(
          "input-shared-limits",
          "share",
          "share of the training columns that end at the same smallest or largest value");
  static final Measure EXTREME =
      new Measure(
          "input-extreme",
          "standard deviations",
          "largest distance of a training input from the mean");

  static final Limit ENOUGH_ROWS = new Limit("enough-rows-for-columns");
  static final Limit ENOUGH_COLUMNS = new Limit("enough-columns-for-limits");

  @Override
  public String subject() {
    return "data";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        NON_FINITE,
        MISSING,
        MISSING_COLUMNS,
        STD,
        OFFSET,
        RANGE,
        CONSTANT_COLUMNS,
        UNIT_COLUMNS,
        TAIL,
        ROBUST,
        PILE,
        SHARED_LIMITS,
        EXTREME);
  }

  @Override
  public List<Limit> limits() {
    return List.of(ENOUGH_ROWS, ENOUGH_COLUMNS);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    for (DataProfile data : run.data()) {
      gaps(data, notes);
    }
    long whollyMissing =
        run.data(Split.TRAIN).map(DataProfile::columns).stream()
            .flatMap(List::stream)
            .filter(c -> c.missingFraction() >= 1)
            .count();
    run.data(Split.TRAIN)
        .filter(d -> d.columns().stream().anyMatch(c -> !Double.isNaN(c.missingFraction())))
        .ifPresent(
            d -> notes.note(MISSING_COLUMNS, whollyMissing, Place.of(Split.TRAIN), d.source()));
    // One row is as it is: it has no spread.
    if (Inputs.areNumbers(run) && !run.data(Split.TRAIN).map(d -> d.samples() == 1).orElse(false)) {
      run.data(Split.TRAIN).ifPresent(d -> scale(d, Inputs.areNormalisedByModel(run), notes));
      run.data(Split.TRAIN).ifPresent(d -> columns(d, notes));
    }
  }

  private static void gaps(DataProfile data, Notebook notes) {
    Place place = Place.of(data.split());
    if (data.nonFinite() >= 0) {
      notes.note(NON_FINITE, data.nonFinite(), place, data.source());
    }
    notes.note(MISSING, data.missingFraction(), place, data.source());
  }

  private static void scale(DataProfile data, boolean normalisedByModel, Notebook notes) {
    Place place = Place.of(data.split());
    Moments m = data.input();
    if (!normalisedByModel && Double.isFinite(m.std())) {
      notes.note(STD, m.std(), place, data.source());
    }
    notes.note(RANGE, m.max() - m.min(), place, data.source());
    if (m.std() > 0) {
      notes.note(OFFSET, Math.abs(m.mean()) / m.std(), place, data.source());
      double extreme = Math.max(m.max() - m.mean(), m.mean() - m.min()) / m.std();
      notes.note(EXTREME, extreme, place, data.source());
    }
  }

  private static void columns(DataProfile data, Notebook notes) {
    List<Column> columns = data.columns();
    if (columns.size() < 2 || data.samples() > 0 && data.samples() < notes.limit(ENOUGH_ROWS)) {
      return;
    }
    Place place = Place.of(data.split());
    double constant =
        columns.stream().filter(c -> c.moments().std() == 0).count() / (double) columns.size();
    notes.note(CONSTANT_COLUMNS, constant, place, data.source());
    List<Column> varying = columns.stream().filter(c -> c.moments().std() > 0).toList();
    if (varying.isEmpty()) {
      return;
    }
    double offUnit =
        Statistics.median(
            varying.stream().mapToDouble(c -> Math.abs(c.moments().std() - 1)).toArray());
    notes.note(UNIT_COLUMNS, offUnit, place, data.source());
    notes.note(TAIL, Inputs.medianOverColumns(data, DataObserver::tail), place, data.source());
    notes.note(
        ROBUST,
        Statistics.median(
            varying.stream()
                .mapToDouble(c -> spreadOverCore(c).orElse(Double.NaN))
                .filter(Double::isFinite)
                .toArray()),
        place,
        data.source());
    if (Inputs.areMostlyTwoValued(data, notes.limits())) {
      return;
    }
    notes.note(
        PILE,
        Inputs.medianOverColumns(data, q -> Inputs.longestRun(q, notes.limits())),
        place,
        data.source());
    if (varying.size() >= notes.limit(ENOUGH_COLUMNS)) {
      double shared =
          Math.max(
              Inputs.commonShare(
                  varying.stream().mapToDouble(c -> c.moments().min()).toArray(), notes.limits()),
              Inputs.commonShare(
                  varying.stream().mapToDouble(c -> c.moments().max()).toArray(), notes.limits()));
      notes.note(SHARED_LIMITS, shared, place, data.source());
    }
  }

  static double tail(double[] q) {
    double core = q[9] - q[1];
    return core > 0 ? Math.max(q[10] - q[9], q[1] - q[0]) / core : Double.NaN;
  }

  private static Optional<Double> spreadOverCore(Column column) {
    return Inputs.quantiles(column)
        .filter(q -> q[9] > q[1])
        .map(q -> column.moments().std() / ((q[9] - q[1]) / Statistics.NORMAL_CORE));
  }
}
