package org.aitia.script.check;

import java.util.Locale;
import java.util.Set;
import org.aitia.run.word.ClassKind;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** Loaders that are named for held-out data and read the training set. */
final class HeldSets {
  private HeldSets() {}

  static void look(Set<Value> training, Set<Value> held, Trace trace) {
    for (Value other : held) {
      Value set = other.made.get("dataset", 0);
      if (set == null || other.site == null || training.contains(other) || !named(other)) {
        continue;
      }
      for (Value train : training) {
        Value its = train.made.get("dataset", 0);
        if (its == set && set.is(Value.Kind.INSTANCE)) {
          trace.find("script-evaluates-training-set", other.site);
        } else if (its != null
            && set.site != null
            && trains(its)
            && trains(set)
            && alike(its, set)) {
          trace.find("script-evaluates-training-set", set.site);
        }
      }
    }
  }

  /** Whether the line that makes it speaks of held-out data. */
  private static boolean named(Value loader) {
    String line = loader.site.script().quote(loader.site.line()).toLowerCase(Locale.ROOT);
    String name = line.substring(0, Math.max(0, line.indexOf('=')));
    return name.contains("val") || name.contains("test");
  }

  /** The training part of a data set of images, which each library marks in its own way. */
  private static boolean trains(Value set) {
    Value part = set.made.get("train");
    return set.is(ClassKind.IMAGES) && part != null && Boolean.TRUE.equals(part.truth());
  }

  private static boolean alike(Value one, Value other) {
    return one != other && one.name.equals(other.name);
  }
}
