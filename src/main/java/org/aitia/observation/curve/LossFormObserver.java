package org.aitia.observation.curve;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.LossKind;

/** What the formula of the loss says of its values. */
public final class LossFormObserver implements Observer {
  static final Measure NO_LOGARITHM =
      new Measure(
          "loss-without-logarithm",
          "flag",
          "set when the loss is a sum of powers or of hinges: no logarithm of what the model answers is taken");
  static final Measure TARGET_ROOT =
      new Measure(
          "first-squared-loss-root",
          "target units",
          "square root of the first loss of a squared error: outputs start near zero, so it is about the size of the targets");

  private static final Set<LossKind> WITHOUT =
      EnumSet.of(LossKind.SQUARED_ERROR, LossKind.ABSOLUTE_ERROR, LossKind.HINGE);

  @Override
  public String subject() {
    return "loss";
  }

  @Override
  public List<Measure> measures() {
    return List.of(NO_LOGARITHM, TARGET_ROOT);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    LossKind kind = run.words().loss(run.config().text(Setting.LOSS).orElse(null));
    if (WITHOUT.contains(kind)) {
      notes.note(NO_LOGARITHM, 1, Place.RUN, run.config().source(Setting.LOSS));
    }
    if (kind == LossKind.SQUARED_ERROR) {
      new Course(run, notes.limits())
          .trainLoss()
          .filter(s -> s.size() > 0 && s.first() > 0 && Double.isFinite(s.first()))
          .ifPresent(
              s ->
                  notes.note(TARGET_ROOT, Math.sqrt(s.first()), Place.of(Split.TRAIN), s.source()));
    }
  }
}
