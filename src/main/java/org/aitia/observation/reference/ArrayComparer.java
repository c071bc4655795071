package org.aitia.observation.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.SavedArray.Role;

/** Arrays that both runs saved, matched by name: all-close or not. */
public final class ArrayComparer implements Comparer {
  private static final Measure INPUTS = measure(Role.INPUT, "arrays of inputs");
  private static final Measure TARGETS = measure(Role.TARGET, "arrays of labels or targets");
  private static final Measure OTHERS = measure(Role.OTHER, "all other arrays");

  private static Measure measure(Role role, String what) {
    String text =
        what
            + " that both sides saved under one name: the smallest tolerance, absolute and relative, at which all of"
            + " them are close as numpy's allclose has it; infinite for other shapes";
    String id = "reference-" + role.name().toLowerCase(java.util.Locale.ROOT) + "-arrays";
    return new Measure(id, "tolerance", text);
  }

  @Override
  public String subject() {
    return "arrays";
  }

  @Override
  public List<Measure> measures() {
    return List.of(INPUTS, TARGETS, OTHERS);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    Map<String, SavedArray> its = byName(other);
    note(INPUTS, Role.INPUT, run, its, notes);
    note(TARGETS, Role.TARGET, run, its, notes);
    note(OTHERS, Role.OTHER, run, its, notes);
  }

  /** By path, and by the last part of it where that is the only one of its kind. */
  private static Map<String, SavedArray> byName(Run run) {
    Map<String, SavedArray> found = new HashMap<>();
    Map<String, List<SavedArray>> bare =
        run.arrays().stream().collect(Collectors.groupingBy(a -> last(a.name())));
    bare.forEach(
        (name, list) -> {
          if (list.size() == 1) {
            found.put(name, list.get(0));
          }
        });
    found.putAll(
        run.arrays().stream()
            .collect(Collectors.toMap(SavedArray::name, Function.identity(), (a, b) -> a)));
    return found;
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static void note(
      Measure measure, Role role, Run run, Map<String, SavedArray> its, Contrast notes) {
    Map<String, Long> bare =
        run.arrays().stream()
            .collect(Collectors.groupingBy(a -> last(a.name()), Collectors.counting()));
    double worst = Double.NaN;
    SavedArray at = null;
    SavedArray partner = null;
    for (SavedArray array : run.arrays()) {
      SavedArray there = its.get(array.name());
      if (there == null && bare.get(last(array.name())) == 1) {
        there = its.get(last(array.name()));
      }
      if (array.role() != role || there == null) {
        continue;
      }
      double tolerance = tolerance(array, there);
      if (!(tolerance <= worst)) {
        worst = tolerance;
        at = array;
        partner = there;
      }
    }
    if (at != null) {
      notes.note(measure, worst, detail(at, partner, worst), Place.RUN, at.source());
    }
  }

  private static String detail(SavedArray here, SavedArray there, double tolerance) {
    if (!here.shape().equals(there.shape())) {
      return here.name() + " " + here.shape() + Contrast.UNLIKE + there.shape();
    }
    boolean kept = Math.min(here.values().length, there.values().length) > 0;
    return tolerance == 0 || !kept ? here.name() : here.name() + " " + values(here, there);
  }

  /** The pair of kept values furthest apart. */
  private static String values(SavedArray here, SavedArray there) {
    int worst = 0;
    double most = -1;
    for (int i = 0; i < Math.min(here.values().length, there.values().length); i++) {
      double t = Contrast.tolerance(here.values()[i], there.values()[i]);
      if (t > most) {
        most = t;
        worst = i;
      }
    }
    return Contrast.said(here.values()[worst])
        + Contrast.UNLIKE
        + Contrast.said(there.values()[worst]);
  }

  static double tolerance(SavedArray here, SavedArray there) {
    if (!here.shape().equals(there.shape())) {
      return Double.POSITIVE_INFINITY;
    }
    if (here.digest() == there.digest()) {
      return 0;
    }
    double worst = 0;
    for (int i = 0; i < Math.min(here.values().length, there.values().length); i++) {
      worst = Math.max(worst, Contrast.tolerance(here.values()[i], there.values()[i]));
    }
    // What differs between the places kept shows in what was counted over all values.
    return here.isWhole()
        ? worst
        : DoubleStream.of(
                worst,
                Contrast.tolerance(here.nonFinite(), there.nonFinite()),
                Contrast.tolerance(here.finite().mean(), there.finite().mean()),
                Contrast.tolerance(here.finite().std(), there.finite().std()),
                Contrast.tolerance(here.finite().min(), there.finite().min()),
                Contrast.tolerance(here.finite().max(), there.finite().max()))
            .max()
            .orElse(worst);
  }
}
