package org.aitia.observation.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.aitia.limit.Budget;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.model.Model;
import org.aitia.run.model.Module;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.run.word.ModuleKind;

/** The modules of a model against those of another one: by name, or by kind where names differ. */
public final class ModelComparer implements Comparer {
  private static final Measure PARAMETERS =
      new Measure("reference-parameters", "ratio", "weights of the model over the reference's");
  private static final Measure LAYERS_MISSING =
      count("reference-layers-missing", "layers with weights that only the reference has");
  private static final Measure LAYERS_ADDED =
      count("reference-layers-added", "layers with weights that the reference does not have");
  private static final Measure NORMS_MISSING =
      count("reference-norms-missing", "normalisation layers that only the reference has");
  private static final Measure ACTIVATIONS_MISSING =
      count("reference-activations-missing", "activations that only the reference has");
  private static final Measure DROPOUTS_MISSING =
      count("reference-dropouts-missing", "dropout layers that only the reference has");
  private static final Measure DROPOUTS_ADDED =
      count("reference-dropouts-added", "dropout layers that the reference does not have");
  private static final Measure OTHER_KIND =
      count("reference-other-kind", "modules that are of another class in the reference");
  private static final Measure OTHER_SHAPE =
      count("reference-other-shape", "modules whose weight has another shape in the reference");
  private static final Measure OTHER_ACTIVATION =
      count("reference-other-activation", "layers with another activation built in");
  private static final Measure FROZEN =
      count("reference-frozen-here", "modules that train in the reference and are frozen here");
  private static final Measure UNFROZEN =
      count("reference-frozen-there", "modules that are frozen in the reference and train here");
  private static final Measure LEFT_OUT =
      count("reference-left-out", "modules that only the reference's optimizer holds");
  private static final Measure SHARED =
      count("reference-other-sharing", "modules that share a weight in one of the two only");
  private static final Measure UNCALLED =
      count("reference-uncalled", "modules that are never called here and are in the reference");
  private static final Measure OUTPUT =
      new Measure(
          "reference-model-output", "flag", "1 when the output activation is another, else 0");
  private static final Measure DIFFERENCES =
      count("reference-model-differences", "modules that differ in any of these ways");

  private static Measure count(String id, String text) {
    return new Measure(id, "count", text);
  }

  @Override
  public String subject() {
    return "model";
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        PARAMETERS,
        LAYERS_MISSING,
        LAYERS_ADDED,
        NORMS_MISSING,
        ACTIVATIONS_MISSING,
        DROPOUTS_MISSING,
        DROPOUTS_ADDED,
        OTHER_KIND,
        OTHER_SHAPE,
        OTHER_ACTIVATION,
        FROZEN,
        UNFROZEN,
        LEFT_OUT,
        SHARED,
        UNCALLED,
        OUTPUT,
        DIFFERENCES);
  }

  @Override
  public List<Limit> limits() {
    return List.of(GraphAlignment.SAME_MODEL);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    if (run.model().isPresent() && other.model().isPresent()) {
      boolean otherLoss = differ(run.config(), other.config(), Setting.LOSS_EXPECTS);
      Comparison comparison =
          new Comparison(
              run.model().get(), other.model().get(), otherLoss, run.words()::module, notes);
      comparison.compare(GraphComparer.differ(run, other, notes.limits()));
    }
  }

  private static boolean differ(Config here, Config there, Setting setting) {
    return here.has(setting)
        && there.has(setting)
        && !here.text(setting).equals(there.text(setting));
  }

  /**
   * Whether output and loss are only written the other way: probabilities with a loss that takes
   * them, against logits with one that does the rest itself.
   */
  static boolean writtenOtherwise(Run run, Run other) {
    String left = run.model().map(Model::outputActivation).orElse(null);
    String right = other.model().map(Model::outputActivation).orElse(null);
    return left != null
        && right != null
        && !left.equalsIgnoreCase(right)
        && differ(run.config(), other.config(), Setting.LOSS_EXPECTS);
  }

  /** One comparison under way. */
  private static final class Comparison {
    private final Model here;
    private final Model there;
    private final boolean otherLoss;
    private final Function<String, ModuleKind> kinds;
    private final Contrast notes;
    private final Source source;
    private final Map<String, Module> mine;
    private final Map<String, Module> its;
    private int differences;

    Comparison(
        Model here,
        Model there,
        boolean otherLoss,
        Function<String, ModuleKind> kinds,
        Contrast notes) {
      this.otherLoss = otherLoss;
      this.kinds = kinds;
      this.here = here;
      this.there = there;
      this.notes = notes;
      this.source = here.source();
      this.mine = byName(here);
      this.its = byName(there);
    }

    private static Map<String, Module> byName(Model model) {
      Map<String, Module> found = new LinkedHashMap<>();
      model.modules().forEach(m -> found.putIfAbsent(m.name(), m));
      return found;
    }

    void compare(boolean otherGraph) {
      differences += otherGraph ? 1 : 0;
      if (here.parameters() > 0 && there.parameters() > 0) {
        double ratio = Contrast.ratio(here.parameters(), there.parameters());
        notes.note(PARAMETERS, ratio, here.parameters(), there.parameters(), Place.RUN, source);
        differences += here.parameters() == there.parameters() ? 0 : 1;
      }
      long named = its.keySet().stream().filter(mine::containsKey).count();
      boolean byName =
          named >= notes.limit(GraphAlignment.SAME_MODEL) * Math.min(mine.size(), its.size());
      missing(LAYERS_MISSING, there, here, its, mine, byName, this::weighted);
      missing(LAYERS_ADDED, here, there, mine, its, byName, this::weighted);
      missing(NORMS_MISSING, there, here, its, mine, false, m -> kind(m).isNormalisation());
      missing(ACTIVATIONS_MISSING, there, here, its, mine, false, this::bends);
      missing(DROPOUTS_MISSING, there, here, its, mine, false, this::drops);
      missing(DROPOUTS_ADDED, here, there, mine, its, false, this::drops);
      if (byName) {
        modules();
      }
      if (here.outputActivation() != null && there.outputActivation() != null) {
        String left = here.outputActivation();
        String right = there.outputActivation();
        double flag = left.equalsIgnoreCase(right) || otherLoss ? 0 : 1;
        notes.note(OUTPUT, flag, left, right, Place.RUN, source);
        differences += (int) flag;
      }
      if (named > 0) {
        notes.note(DIFFERENCES, differences, null, Place.RUN, source);
      }
    }

    private ModuleKind kind(Module m) {
      return kinds.apply(m.kind());
    }

    private boolean weighted(Module m) {
      return m.parameters() > 0 && !kind(m).isNormalisation();
    }

    /** Softmax is compared as the output. */
    private boolean bends(Module m) {
      ModuleKind kind = kind(m);
      return kind.isNonlinear() && m.parameters() <= 0 && kind != ModuleKind.SOFTMAX;
    }

    private boolean drops(Module m) {
      return kind(m) == ModuleKind.DROPOUT;
    }

    /** What one model has and the other has not: by name, or by how many there are. */
    private void missing(
        Measure measure,
        Model whole,
        Model part,
        Map<String, Module> from,
        Map<String, Module> in,
        boolean byName,
        Predicate<Module> kind) {
      List<String> names = new ArrayList<>();
      from.values().stream()
          .filter(kind)
          .filter(m -> !in.containsKey(m.name()))
          .forEach(m -> names.add(m.name() + " (" + m.kind() + ")"));
      long surplus =
          whole.modules().stream().filter(kind).count()
              - part.modules().stream().filter(kind).count();
      List<String> found = byName || surplus >= names.size() ? names : capped(names, surplus);
      // Other names for as many modules are no difference.
      List<String> told = byName && surplus == 0 && other(from, in, kind) ? List.of() : found;
      notes.names(measure, told, source);
      differences += told.size();
    }

    private static List<String> capped(List<String> names, long most) {
      return names.subList(0, (int) Math.max(0, Math.min(names.size(), most)));
    }

    /**
     * Whether all that is missing has a counterpart of the same kind and shape under a new name.
     */
    private static boolean other(
        Map<String, Module> from, Map<String, Module> in, Predicate<Module> kind) {
      List<Module> spare =
          new ArrayList<>(
              in.values().stream().filter(kind).filter(m -> !from.containsKey(m.name())).toList());
      return from.values().stream()
          .filter(kind)
          .filter(m -> !in.containsKey(m.name()))
          .allMatch(
              m ->
                  spare.stream()
                      .peek(s -> Budget.step())
                      .filter(s -> s.kind().equals(m.kind()) && s.shape().equals(m.shape()))
                      .findFirst()
                      .map(spare::remove)
                      .orElse(false));
    }

    private void modules() {
      each(OTHER_KIND, (a, b) -> !same(a.kind(), b.kind()));
      each(OTHER_SHAPE, (a, b) -> !a.shape().equals(b.shape()) && !b.shape().isEmpty());
      each(OTHER_ACTIVATION, (a, b) -> !same(a.activation(), b.activation()));
      each(FROZEN, (a, b) -> is(a.trainable(), false) && is(b.trainable(), true));
      each(UNFROZEN, (a, b) -> is(a.trainable(), true) && is(b.trainable(), false));
      each(LEFT_OUT, (a, b) -> is(a.optimized(), false) && is(b.optimized(), true));
      each(SHARED, (a, b) -> !Objects.equals(a.sharedWith(), b.sharedWith()));
      each(UNCALLED, (a, b) -> a.calls() == 0 && b.calls() > 0);
    }

    private static boolean is(Boolean flag, boolean value) {
      return flag != null && flag == value;
    }

    private static boolean same(String a, String b) {
      return a == null || b == null || a.equalsIgnoreCase(b);
    }

    private void each(Measure measure, BiPredicate<Module, Module> differ) {
      List<String> names =
          mine.values().stream()
              .filter(m -> its.containsKey(m.name()) && differ.test(m, its.get(m.name())))
              .map(Module::name)
              .toList();
      notes.names(measure, names, source);
      differences += names.size();
    }
  }
}
