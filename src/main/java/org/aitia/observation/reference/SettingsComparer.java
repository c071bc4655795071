package org.aitia.observation.reference;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.aitia.observation.curve.Course;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.word.Lexicon;
import org.aitia.run.word.LossKind;

/** The settings of a run against those of another one. Seeds, names and paths do not count. */
public final class SettingsComparer implements Comparer {
  /** Amounts of which nothing is configured by leaving them out. */
  private static final Set<Setting> NONE_IS_ZERO =
      EnumSet.of(Setting.WEIGHT_DECAY, Setting.LABEL_SMOOTHING, Setting.DROPOUT, Setting.WARMUP);

  private static final Set<Setting> AMOUNTS =
      EnumSet.of(
          Setting.LEARNING_RATE,
          Setting.WEIGHT_DECAY,
          Setting.LABEL_SMOOTHING,
          Setting.DROPOUT,
          Setting.WARMUP,
          Setting.BATCH_SIZE,
          Setting.ACCUMULATION_STEPS,
          Setting.EPOCHS,
          Setting.LOSS_SCALE,
          Setting.GRADIENT_CLIP,
          Setting.CLASSES,
          Setting.EPSILON);

  /** Choices that are off by leaving them out. */
  private static final Set<Setting> NONE_IS_OFF =
      EnumSet.of(
          Setting.SCHEDULER,
          Setting.AUGMENTATION,
          Setting.CLASS_WEIGHTS,
          Setting.FROZEN,
          Setting.PRETRAINED,
          Setting.NORMALIZATION);

  private static final Set<Setting> CHOICES =
      EnumSet.of(
          Setting.OPTIMIZER,
          Setting.LOSS,
          Setting.LOSS_EXPECTS,
          Setting.LOSS_REDUCTION,
          Setting.PRECISION,
          Setting.SCHEDULER,
          Setting.SHUFFLE,
          Setting.AUGMENTATION,
          Setting.INITIALIZATION,
          Setting.FROZEN,
          Setting.PRETRAINED,
          Setting.MODEL_TYPE,
          Setting.HIDDEN,
          Setting.ACTIVATION,
          Setting.OUTPUT_ACTIVATION,
          Setting.NORMALIZATION,
          Setting.CLASS_WEIGHTS);

  private static final Map<Setting, Measure> MEASURES = measuresBySetting();
  private static final Measure OTHERS =
      new Measure(
          "reference-other-settings",
          "count",
          "settings of no known meaning that both sides record and that differ; without names, paths, seeds, logging");

  /** Words of settings that no result depends on, as whole parts of their names. */
  private static final Pattern INERT =
      Pattern.compile(
          "(?i)(^|[._-])(name|title|notes?|tags?|id|uuid|seed|random|state|path|paths|dir|dirs|"
              + "folder|root|file|files|filename|out|output|outputs|log|logs|logger|logging|verbose|"
              + "print|progress|every|interval|freq|frequency|save|saving|checkpoint|checkpoints|ckpt|"
              + "resume|device|devices|gpu|gpus|cuda|host|hostname|user|port|pid|date|time|timestamp|"
              + "created|started|seconds|workers?|num-workers|threads|project|entity|group|experiment|"
              + "report|wandb|tensorboard|mlflow|target|version|schema)([._-]|$)");

  private static Map<Setting, Measure> measuresBySetting() {
    Map<Setting, Measure> found = new EnumMap<>(Setting.class);
    for (Setting s : AMOUNTS) {
      String what = s == Setting.LEARNING_RATE ? "rate over 1 - momentum" : s.id();
      String text = what + " over the reference's; infinite over nothing";
      found.put(s, new Measure("reference-" + s.id(), "ratio", text));
    }
    for (Setting s : CHOICES) {
      String text = s.id() + ": 0 as the reference's, 1 another, 2 missing here, 3 only here";
      found.put(s, new Measure("reference-" + s.id(), "choice", text));
    }
    return found;
  }

  static final Limit COMPARABLE = new Limit("comparable-settings-from");
  static final Limit SCALED = new Limit("rate-scaled-with-batch-within");

  @Override
  public String subject() {
    return "settings";
  }

  @Override
  public List<Measure> measures() {
    List<Measure> all = new ArrayList<>(MEASURES.values());
    all.add(OTHERS);
    return all;
  }

  @Override
  public List<Limit> limits() {
    return List.of(COMPARABLE, SCALED);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    Config here = run.config();
    Config there = other.config();
    // A script alone says what it writes out: of what it leaves to the command line, nothing is
    // known.
    boolean told = !here.isEmpty() && !there.isEmpty();
    boolean alike = told && comparable(here, there, notes) && comparable(there, here, notes);
    for (Setting s : AMOUNTS) {
      if (s != Setting.LEARNING_RATE) {
        amount(s, here, there, alike, notes);
      }
    }
    boolean written = ModelComparer.writtenOtherwise(run, other);
    for (Setting s : CHOICES) {
      if (!written || s != Setting.LOSS_EXPECTS && s != Setting.OUTPUT_ACTIVATION) {
        choice(s, here, there, alike, run.words(), notes);
      }
    }
    rate(run, other, notes);
    others(here, there, notes);
  }

  private static boolean comparable(Config a, Config b, Contrast notes) {
    long both = b.settings().keySet().stream().filter(a::has).count();
    return both >= notes.limit(COMPARABLE) * b.settings().size();
  }

  /** Notes a setting with what stands on both sides, and where, when scripts set it. */
  private static void note(
      Setting s, double value, Sides sides, Config here, Config there, Contrast notes) {
    String left = Contrast.said(sides.here());
    String right = Contrast.said(sides.there());
    String detail =
        left.equals(right) ? left : left + line(s, here) + Contrast.UNLIKE + right + line(s, there);
    notes.note(MEASURES.get(s), value, detail, Place.RUN, here.source(s));
  }

  /** What a setting is here and there; null where it is not set. */
  private record Sides(Object here, Object there) {}

  private static String line(Setting s, Config config) {
    Source source = config.source(s);
    return source != null && String.valueOf(source.file()).endsWith(".py")
        ? " [" + source + "]"
        : "";
  }

  private static void amount(Setting s, Config here, Config there, boolean alike, Contrast notes) {
    boolean absent = !here.has(s) || !there.has(s);
    double mine = here.value(s);
    double its = there.value(s);
    if (absent && alike && here.has(s) != there.has(s)) {
      // No limit on the gradient is an infinite one.
      double none = s == Setting.GRADIENT_CLIP ? Double.POSITIVE_INFINITY : 0;
      if (NONE_IS_ZERO.contains(s) || s == Setting.GRADIENT_CLIP) {
        mine = here.has(s) ? mine : none;
        its = there.has(s) ? its : none;
      }
    }
    double ratio = Double.isInfinite(its) ? 0 : Contrast.ratio(mine, its);
    Object left = here.has(s) ? (Object) mine : null;
    Object right = there.has(s) ? (Object) its : null;
    note(s, ratio, new Sides(left, right), here, there, notes);
  }

  private static void choice(
      Setting s, Config here, Config there, boolean alike, Lexicon words, Contrast notes) {
    boolean may = NONE_IS_OFF.contains(s) && alike;
    if (!may && (!here.has(s) || !there.has(s))) {
      return;
    }
    String mine = plain(s, here);
    String its = plain(s, there);
    if (mine.isEmpty() && its.isEmpty()) {
      return;
    }
    double value =
        mine.equals(its) || same(s, here, there, words)
            ? 0
            : mine.isEmpty() ? 2 : its.isEmpty() ? 3 : 1;
    note(s, value, new Sides(shown(s, here), shown(s, there)), here, there, notes);
  }

  private static Object shown(Setting s, Config config) {
    return config.text(s).orElse(null);
  }

  /** Losses go by other names in other frameworks. */
  private static boolean same(Setting s, Config here, Config there, Lexicon words) {
    if (s != Setting.LOSS) {
      return false;
    }
    LossKind mine = words.loss(here.text(s).orElse(""));
    return mine != LossKind.UNKNOWN && mine == words.loss(there.text(s).orElse(""));
  }

  /** The value in lower case without its module or punctuation; empty when it is off. */
  private static String plain(Setting s, Config config) {
    String text = config.text(s).orElse("").strip().toLowerCase(Locale.ROOT);
    boolean off = List.of("false", "none", "null", "no", "off", "0", "[]", "{}").contains(text);
    String last = s == Setting.OPTIMIZER ? text.substring(text.lastIndexOf('.') + 1) : text;
    return off ? "" : last.replaceAll("[^a-z0-9.]", "").replace("optimizer", "");
  }

  private static void rate(Run run, Run other, Contrast notes) {
    Course here = new Course(run, notes.limits());
    Course there = new Course(other, notes.limits());
    if (here.isAdaptive() != there.isAdaptive()) {
      return; // the rates of different kinds of optimizers cannot be compared
    }
    double mine = effective(run.config(), here.isAdaptive());
    double its = effective(other.config(), there.isAdaptive());
    double ratio = Contrast.ratio(mine, its);
    double batches =
        Contrast.ratio(
            run.config().value(Setting.BATCH_SIZE), other.config().value(Setting.BATCH_SIZE));
    double scaled = Math.abs(Math.log(ratio / batches));
    if (batches != 1 && ratio != 1 && scaled < Math.log(notes.limit(SCALED))) {
      return;
    }
    Sides sides = new Sides(mine, its);
    note(Setting.LEARNING_RATE, ratio, sides, run.config(), other.config(), notes);
  }

  private static double effective(Config config, boolean adaptive) {
    double momentum = adaptive ? 0 : config.number(Setting.MOMENTUM).orElse(0);
    double gain = momentum >= 0 && momentum < 1 ? 1 / (1 - momentum) : 1;
    return config.value(Setting.LEARNING_RATE) * gain;
  }

  private static void others(Config here, Config there, Contrast notes) {
    List<String> rest = new ArrayList<>();
    Source source = null;
    for (String path : new TreeSet<>(here.others().keySet())) {
      Config.Entry mine = here.others().get(path);
      Config.Entry its = there.others().get(path);
      if (its == null || String.valueOf(mine.value()).equals(String.valueOf(its.value()))) {
        continue;
      }
      String pair =
          path + " " + Contrast.said(mine.value()) + Contrast.UNLIKE + Contrast.said(its.value());
      if (!INERT.matcher(path.replace('_', '-')).find()) {
        rest.add(pair);
        source = mine.source();
      }
    }
    notes.names(OTHERS, rest, source);
  }
}
