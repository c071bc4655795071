package org.aitia.observation.training;

import java.util.List;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.LossKind;

/** The moving average of the weights against the length of the run, and the kind of its loss. */
public final class AverageObserver implements Observer {
  static final Measure WINDOW =
      new Measure(
          "average-window-over-updates",
          "share",
          "updates that the moving average of the weights spans, 1 / (1 - decay), over those of the run");
  static final Measure BINARY =
      new Measure("binary-cross-entropy", "flag", "set when the loss is a binary cross-entropy");

  @Override
  public String subject() {
    return "training";
  }

  @Override
  public List<Measure> measures() {
    return List.of(WINDOW, BINARY);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Config config = run.config();
    Course course = new Course(run, notes.limits());
    double decay = config.value(Setting.AVERAGE_DECAY);
    if (decay > 0 && decay < 1) {
      notes.note(
          WINDOW,
          1 / (1 - decay) / course.totalSteps(),
          config.text(Setting.AVERAGE_DECAY).orElse(null),
          Place.RUN,
          config.source(Setting.AVERAGE_DECAY));
    }
    config
        .text(Setting.LOSS)
        .filter(loss -> run.words().loss(loss) == LossKind.BINARY_CROSS_ENTROPY)
        .ifPresent(loss -> notes.note(BINARY, 1, loss, Place.RUN, config.source(Setting.LOSS)));
  }
}
