package org.aitia.script;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.LossKind;
import org.aitia.run.word.ModuleKind;
import org.aitia.run.word.OptimizerKind;
import org.aitia.script.check.Loops;
import org.aitia.script.check.RateCheck;
import org.aitia.script.check.Seeds;
import org.aitia.script.course.DataMethods;
import org.aitia.script.trace.Arguments;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Nest;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Looks a script's course through for the settings that it writes out. */
final class SettingSearch {
  /** What Hugging Face's arguments are called. */
  private static final Map<String, Setting> ARGUMENTS =
      Map.of(
          "learning_rate", Setting.LEARNING_RATE,
          "per_device_train_batch_size", Setting.BATCH_SIZE,
          "gradient_accumulation_steps", Setting.ACCUMULATION_STEPS,
          "num_train_epochs", Setting.EPOCHS,
          "weight_decay", Setting.WEIGHT_DECAY,
          "lr_scheduler_type", Setting.SCHEDULER,
          "warmup_steps", Setting.WARMUP,
          "max_grad_norm", Setting.GRADIENT_CLIP,
          "label_smoothing_factor", Setting.LABEL_SMOOTHING,
          "seed", Setting.SEED);

  private static final Set<String> POLICIES = Set.of("set_global_policy", "set_policy");

  private final WrittenSettings settings;
  private final Lexicon words;

  SettingSearch(WrittenSettings settings, Lexicon words) {
    this.settings = settings;
    this.words = words;
  }

  void read(Trace trace, Loops loops) {
    trace.made().stream()
        .filter(v -> v.site != null && v.is(Value.Kind.INSTANCE))
        .forEach(this::made);
    trace.events(Event.Kind.COMPILE).forEach(this::compiled);
    trace.events(Event.Kind.FIT).forEach(this::fitted);
    trace.events(Event.Kind.CLIP).forEach(this::clipped);
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      Flow flow = backward.subject().flow;
      loss(flow.loss() == null ? null : flow.loss().name(), backward.site());
      batch(flow.batchOf());
    }
    trace.events(Event.Kind.ITERATE).forEach(i -> epochs(i, trace, loops));
    trace.calls().forEach(this::called);
    new LibrarySettings(settings).read(trace);
  }

  private void called(Trace.Call call) {
    if (Seeds.isGlobal(call.name())) {
      settings.number(Setting.SEED, call.arguments().at(0), call.site());
    } else if (POLICIES.contains(call.leaf())) {
      settings.text(Setting.PRECISION, call.arguments().at(0), call.site());
    }
  }

  private void made(Value value) {
    if (Names.optimizer(value)) {
      optimizer(value);
    } else if (Names.schedule(value)) {
      settings.take(Setting.SCHEDULER, value.leaf(), value.site);
    } else if (value.is(ModuleKind.DROPOUT)) {
      settings.largest(Setting.DROPOUT, Names.rate(value), value.site);
    } else if (value.word(LossKind.class).isPresent()) {
      settings.number(Setting.LABEL_SMOOTHING, value.made.get("label_smoothing"), value.site);
    } else if (value.leaf().equals("GradScaler")) {
      Value enabled = value.made.get("enabled");
      if (enabled == null || Boolean.TRUE.equals(enabled.truth())) {
        settings.take(Setting.PRECISION, "amp-fp16", value.site);
      }
    } else if (value.leaf().endsWith("TrainingArguments")
        || value.leaf().endsWith("Config") && value.name.startsWith("trl.")) {
      ARGUMENTS.forEach((name, s) -> settings.literal(s, value.made.get(name), value.site));
      flag(value, "fp16");
      flag(value, "bf16");
    }
  }

  private void optimizer(Value optimizer) {
    settings.take(Setting.OPTIMIZER, optimizer.leaf(), optimizer.site);
    settings.number(Setting.LEARNING_RATE, RateCheck.rate(optimizer), optimizer.site);
    settings.number(Setting.WEIGHT_DECAY, optimizer.made.get("weight_decay"), optimizer.site);
    if (optimizer.is(OptimizerKind.PLAIN)) {
      settings.number(Setting.MOMENTUM, RateCheck.momentum(optimizer), optimizer.site);
    }
    optimizer.roots.stream()
        .filter(r -> r.leaf().equals("from_pretrained"))
        .findFirst()
        .ifPresent(r -> settings.text(Setting.PRETRAINED, r.made.at(0), optimizer.site));
  }

  private void flag(Value arguments, String precision) {
    Value given = arguments.made.get(precision);
    if (given != null && Boolean.TRUE.equals(given.truth())) {
      settings.take(Setting.PRECISION, "amp-" + precision, arguments.site);
    }
  }

  private void clipped(Event clip) {
    settings.number(Setting.GRADIENT_CLIP, clip.arguments().get("max_norm", 1), clip.site());
  }

  private void compiled(Event compile) {
    settings.text(Setting.OPTIMIZER, compile.arguments().get("optimizer", 0), compile.site());
    Value loss = compile.arguments().get("loss", 1);
    if (loss != null && (loss.is(Value.Kind.INSTANCE) || loss.is(Value.Kind.REFERENCE))) {
      loss(loss.leaf(), compile.site());
    } else {
      settings.text(Setting.LOSS, loss, compile.site());
    }
  }

  private void fitted(Event fit) {
    Arguments given = fit.arguments();
    settings.number(Setting.BATCH_SIZE, given.get("batch_size"), fit.site());
    settings.number(Setting.EPOCHS, given.get("epochs"), fit.site());
    Value trainer = fit.subject();
    if (trainer.leaf().equals("Trainer")) {
      settings.number(Setting.EPOCHS, trainer.made.get("max_epochs"), trainer.site);
      settings.text(Setting.PRECISION, trainer.made.get("precision"), trainer.site);
      settings.number(Setting.GRADIENT_CLIP, trainer.made.get("gradient_clip_val"), trainer.site);
    } else if (trainer.name != null && trainer.name.startsWith("mindspore")) {
      settings.number(Setting.EPOCHS, given.get("epoch", 0), fit.site());
    }
    given.all().forEach(this::batch);
  }

  private void loss(String name, Site site) {
    if (name != null && words.written(LossKind.class, name).isPresent()) {
      settings.take(Setting.LOSS, name, site);
    }
  }

  /** The batch of a loader that is trained on. */
  private void batch(Value loader) {
    if (loader == null || loader.site == null) {
      return;
    }
    if (loader.fields.containsKey(DataMethods.BATCH)) {
      settings.number(Setting.BATCH_SIZE, loader.fields.get(DataMethods.BATCH), loader.site);
    } else if (loader.leaf().equals("DataLoader")) {
      settings.number(Setting.BATCH_SIZE, loader.made.get("batch_size", 1), loader.site);
    }
  }

  /** A count around the loop over the batches counts epochs. */
  private void epochs(Event iterate, Trace trace, Loops loops) {
    List<Value> range = iterate.arguments().positional();
    boolean counts =
        "range".equals(iterate.subject().name)
            && iterate.subject().is(Value.Kind.UNKNOWN)
            && !range.isEmpty()
            && range.size() <= 2
            && range.stream().allMatch(WrittenSettings::isLiteral);
    if (counts && iterate.site().loops().size() == 1 && isOuter(iterate, trace, loops)) {
      double first = range.size() == 1 ? 0 : range.get(0).number();
      settings.take(Setting.EPOCHS, range.get(range.size() - 1).number() - first, iterate.site());
    }
  }

  private static boolean isOuter(Event iterate, Trace trace, Loops loops) {
    for (Event backward : trace.events(Event.Kind.BACKWARD)) {
      loops.work(1);
      Nest nest = backward.site().loops();
      if (nest.size() == 2
          && loops.trains(backward)
          && nest.outermost() == iterate.site().innermost()) {
        return true;
      }
    }
    return false;
  }
}
