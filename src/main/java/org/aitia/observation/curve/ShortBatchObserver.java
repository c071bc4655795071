package org.aitia.observation.curve;

import java.util.Arrays;
import java.util.List;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.observation.measure.Statistics;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** The loss of the last batch of an epoch, where that is short. */
public final class ShortBatchObserver implements Observer {
  static final Measure SHORT_BATCH =
      new Measure(
          "short-batch-loss-match",
          "relative distance",
          "distance of the last batch's median loss, relative to the others', from its share of samples: a summed loss shrinks with its batch");

  static final Limit SHORTEST = new Limit("short-batch-from");
  static final Limit LONGEST = new Limit("short-batch-to");
  static final Limit ENOUGH = new Limit("enough-epochs-for-short-batch");

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(SHORT_BATCH);
  }

  @Override
  public List<Limit> limits() {
    return List.of(SHORTEST, LONGEST, ENOUGH);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    course.stepLoss().ifPresent(s -> shortBatch(run, course, s, notes));
  }

  /**
   * A summed loss is smaller on the short last batch of an epoch, by the share of samples that it
   * has.
   */
  private static void shortBatch(Run run, Course course, Series s, Notebook notes) {
    double samples = course.samples(Split.TRAIN);
    double batch = run.config().value(Setting.BATCH_SIZE);
    double rest = samples % batch;
    if (!(rest >= notes.limit(SHORTEST) * batch && rest <= notes.limit(LONGEST) * batch)) {
      return;
    }
    long perEpoch = (long) Math.ceil(samples / batch);
    double[] last = new double[s.size()];
    double[] others = new double[s.size()];
    int m = 0;
    int n = 0;
    for (int i = 0; i < s.size(); i++) {
      if (Double.isFinite(s.value(i)) && s.value(i) > 0) {
        if ((long) s.step(i) % perEpoch == perEpoch - 1) {
          last[m++] = s.value(i);
        } else {
          others[n++] = s.value(i);
        }
      }
    }
    if (Math.min(m, n) >= notes.limit(ENOUGH)) {
      double ratio =
          Statistics.median(Arrays.copyOf(last, m)) / Statistics.median(Arrays.copyOf(others, n));
      notes.note(
          SHORT_BATCH, Math.abs(ratio / (rest / batch) - 1), Place.of(Split.TRAIN), s.source());
    }
  }
}
