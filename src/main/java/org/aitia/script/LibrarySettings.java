package org.aitia.script;

import java.util.Map;
import java.util.Set;
import org.aitia.run.settings.Setting;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** What scripts write out for libraries that train by themselves, by what each calls it. */
final class LibrarySettings {
  private static final Set<String> BOOSTED = Set.of("xgboost", "lightgbm", "catboost");
  private static final Map<String, Setting> BOOSTING =
      Map.of(
          "learning_rate", Setting.LEARNING_RATE,
          "eta", Setting.LEARNING_RATE,
          "n_estimators", Setting.EPOCHS,
          "num_boost_round", Setting.EPOCHS,
          "iterations", Setting.EPOCHS);
  private static final Map<String, Setting> POLICIES =
      Map.of(
          "learning_rate", Setting.LEARNING_RATE,
          "batch_size", Setting.BATCH_SIZE,
          "max_grad_norm", Setting.GRADIENT_CLIP,
          "seed", Setting.SEED);
  private static final Map<String, Setting> DETECTION =
      Map.of(
          "lr0", Setting.LEARNING_RATE,
          "batch", Setting.BATCH_SIZE,
          "weight_decay", Setting.WEIGHT_DECAY,
          "seed", Setting.SEED);

  private final WrittenSettings settings;

  LibrarySettings(WrittenSettings settings) {
    this.settings = settings;
  }

  void read(Trace trace) {
    for (Value made : trace.made()) {
      if (made.site != null && made.is(Value.Kind.INSTANCE)) {
        made(made);
      } else if (made.site != null && made.is(Value.Kind.OBJECT) && averages(type(made))) {
        average(made);
      }
    }
    for (Trace.Call call : trace.calls()) {
      if (BOOSTED.contains(library(call.name())) && call.leaf().equals("train")) {
        boosted(call);
      }
    }
    for (Event fit : trace.events(Event.Kind.FIT)) {
      if (library(fit.subject().name).equals("ultralytics")) {
        take(DETECTION, fit.arguments(), fit.site());
        settings.text(Setting.OPTIMIZER, fit.arguments().get("optimizer"), fit.site());
      }
    }
  }

  private void made(Value value) {
    String library = library(value.name);
    if (BOOSTED.contains(library)) {
      take(BOOSTING, value.made, value.site);
    } else if (library.equals("stable_baselines3")) {
      take(POLICIES, value.made, value.site);
    } else if (value.leaf().equals("Accelerator")) {
      settings.text(Setting.PRECISION, value.made.get("mixed_precision"), value.site);
    } else if (averages(value.leaf())) {
      average(value);
    }
  }

  private static boolean averages(String type) {
    return type.contains("Ema") || type.contains("EMA") || type.contains("MovingAverage");
  }

  /** By name, or in second place behind the model. */
  private void average(Value value) {
    Value decay = value.made.get("decay", 1);
    if (decay != null && decay.number() > 0.5 && decay.number() < 1) {
      settings.number(Setting.AVERAGE_DECAY, decay, value.site);
    }
  }

  private static String type(Value object) {
    return object.base == null || object.base.name == null ? "" : object.base.name;
  }

  private void boosted(Trace.Call call) {
    Value given = call.arguments().get("params", 0);
    if (given != null && given.is(Value.Kind.MAPPING) && !given.escaped) {
      for (int i = 0; i < given.keys.size(); i++) {
        Setting setting = BOOSTING.get(String.valueOf(given.keys.get(i).constant));
        if (setting != null) {
          settings.number(setting, given.items.get(i), call.site());
        }
      }
    }
    settings.number(Setting.EPOCHS, call.arguments().get("num_boost_round", 2), call.site());
  }

  private void take(Map<String, Setting> names, Arguments given, Site site) {
    names.forEach((name, setting) -> settings.number(setting, given.get(name), site));
  }

  private static String library(String name) {
    int dot = name == null ? -1 : name.indexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
