package org.aitia.observation.settings;

import java.util.List;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Model;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;
import org.aitia.run.word.ModuleKind;

/** What keeps the model from learning by heart, as it is set. */
public final class RegularisationObserver implements Observer {
  static final Measure DECAY = new Measure("weight-decay", "rate", "weight decay as configured");
  static final Measure DECAY_PRODUCT =
      new Measure(
          "decay-times-rate-times-steps",
          "e-foldings",
          "weight decay × rate × steps / (1 - momentum): how many e-foldings the decay alone shrinks the weights by");
  static final Measure DROPOUT =
      new Measure("dropout-rate", "share", "largest dropout rate configured or recorded");
  static final Measure NO_REGULARISATION =
      new Measure(
          "no-regularisation",
          "flag",
          "set when config or model are known and name neither dropout, weight decay, augmentation nor label smoothing");
  static final Measure AUGMENTED =
      new Measure("augmentation-configured", "flag", "set when the config names an augmentation");
  static final Measure HANDICAP_UNKNOWN =
      new Measure(
          "training-handicap-unknown",
          "flag",
          "set when validation does better than training and neither model nor configuration tells whether dropout or augmentation make training harder");

  @Override
  public String subject() {
    return "settings";
  }

  @Override
  public List<Measure> measures() {
    return List.of(DECAY, DECAY_PRODUCT, DROPOUT, NO_REGULARISATION, AUGMENTED, HANDICAP_UNKNOWN);
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Course course = new Course(run, notes.limits());
    regularisation(run, run.config(), SettingsObserver.steps(run, course), notes);
    if (course.last(Split.VALIDATION) > course.last(Split.TRAIN) && isUnknown(run)) {
      notes.note(HANDICAP_UNKNOWN, 1, Place.RUN, null);
    }
  }

  private static boolean isUnknown(Run run) {
    return run.model().isEmpty()
        && !run.config().has(Setting.DROPOUT)
        && !run.config().has(Setting.AUGMENTATION);
  }

  private static void regularisation(Run run, Config config, double steps, Notebook notes) {
    double decay = config.value(Setting.WEIGHT_DECAY);
    SettingsObserver.note(notes, config, Setting.WEIGHT_DECAY, DECAY, decay);
    double momentum = config.number(Setting.MOMENTUM).orElse(0);
    SettingsObserver.note(
        notes,
        config,
        Setting.WEIGHT_DECAY,
        DECAY_PRODUCT,
        decay * config.value(Setting.LEARNING_RATE) * steps / (momentum < 1 ? 1 - momentum : 1));
    double recorded =
        run.model().map(Model::modules).stream()
            .flatMap(List::stream)
            .filter(m -> run.words().is(ModuleKind.DROPOUT, m.kind()))
            .mapToDouble(m -> m.rate())
            .filter(r -> !Double.isNaN(r))
            .max()
            .orElse(Double.NaN);
    double dropout = config.number(Setting.DROPOUT).orElse(recorded);
    SettingsObserver.note(
        notes,
        config,
        Setting.DROPOUT,
        DROPOUT,
        dropout >= 0 && dropout <= 1 ? dropout : Double.NaN);
    boolean layer =
        run.model().map(Model::modules).stream()
            .flatMap(List::stream)
            .anyMatch(
                m ->
                    run.words().is(ModuleKind.DROPOUT, m.kind())
                        || m.regularizer() != null && !m.regularizer().isBlank());
    boolean augmented =
        config.has(Setting.AUGMENTATION) && config.flag(Setting.AUGMENTATION).orElse(true);
    if (augmented) {
      SettingsObserver.note(notes, config, Setting.AUGMENTATION, AUGMENTED, 1);
    }
    if ((!config.isEmpty() || run.model().isPresent())
        && !layer
        && !augmented
        && !(decay > 0)
        && !(dropout > 0)
        && !(config.value(Setting.LABEL_SMOOTHING) > 0)) {
      notes.note(NO_REGULARISATION, 1, Place.RUN, null);
    }
  }
}
