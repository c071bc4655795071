package org.aitia.script.check;

import java.util.List;
import java.util.Set;
import org.aitia.run.word.ClassKind;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/** The transforms of the splits against each other. */
final class Transforms {
  private Transforms() {}

  static void compare(Set<Value> training, Set<Value> held, Trace trace, Loops loops) {
    for (Value train : training) {
      for (Value other : held) {
        loops.work(1 + weight(train) + weight(other));
        if (train != other) {
          compare(train, other, trace);
        }
      }
    }
  }

  /** Whether these are inputs of a batch that were normalised: some of them are negative. */
  static boolean centred(Flow target) {
    List<Value> transforms =
        target.position() == 0 && target.batchOf() != null && target.through().isEmpty()
            ? transforms(target.batchOf())
            : null;
    Value normal = transforms == null ? null : normalise(transforms);
    Value mean = normal == null ? null : normal.made.get("mean", 0);
    return mean != null && numbers(mean) && values(mean).stream().allMatch(m -> m > 0);
  }

  private static int weight(Value loader) {
    List<Value> transforms = transforms(loader);
    return transforms == null ? 0 : transforms.size();
  }

  private static void compare(Value train, Value held, Trace trace) {
    if (train.owner != null
        && held.owner != null
        && train.owner.leaf().equals("ImageDataGenerator")) {
      Value a = train.owner.made.get("rescale");
      Value b = held.owner.made.get("rescale");
      if ((a == null) != (b == null) && held.owner.leaf().equals("ImageDataGenerator")) {
        trace.find("script-normalised-in-one-split", held.owner.site);
      }
      return;
    }
    List<Value> a = transforms(train);
    List<Value> b = transforms(held);
    if (a == null || b == null || held.site == null) {
      return;
    }
    Value normal = normalise(a);
    Value other = normalise(b);
    if ((normal == null) != (other == null) || normal != null && differ(normal, other)) {
      trace.find("script-normalised-in-one-split", site(b, held));
    }
    b.stream()
        .filter(t -> t.is(ClassKind.RANDOM_TRANSFORM))
        .findFirst()
        .ifPresent(t -> trace.find("script-augmented-evaluation", t.site));
  }

  private static Site site(List<Value> transforms, Value held) {
    return transforms.stream()
        .filter(t -> t.site != null)
        .map(t -> t.site)
        .findFirst()
        .orElse(held.site);
  }

  private static Value normalise(List<Value> transforms) {
    return transforms.stream().filter(t -> t.leaf().equals("Normalize")).findFirst().orElse(null);
  }

  /** Whether both are written with numbers, and these differ. */
  private static boolean differ(Value a, Value b) {
    for (String name : List.of("mean", "std")) {
      int place = name.equals("mean") ? 0 : 1;
      Value p = a.made.get(name, place);
      Value q = b.made.get(name, place);
      if (p != q
          && p != null
          && q != null
          && numbers(p)
          && numbers(q)
          && !values(p).equals(values(q))) {
        return true;
      }
    }
    return false;
  }

  private static boolean numbers(Value list) {
    return !list.items.isEmpty() && list.items.stream().noneMatch(i -> Double.isNaN(i.number()));
  }

  private static List<Double> values(Value list) {
    return list.items.stream().map(Value::number).toList();
  }

  /** The transforms of a loader's data set in order; null when they are not known. */
  private static List<Value> transforms(Value loader) {
    Value transform = loader.fields.get("transform");
    Value set = loader.leaf().equals("DataLoader") ? loader.made.get("dataset", 0) : null;
    if (set != null && set.is(ClassKind.IMAGES)) {
      transform = set.made.get("transform", set.leaf().equals("ImageFolder") ? 1 : -1);
    }
    if (transform != null
        && transform.is(Value.Kind.INSTANCE)
        && transform.leaf().equals("Compose")) {
      transform = transform.made.get("transforms", 0);
    }
    boolean known =
        transform != null
            && transform.is(Value.Kind.ITEMS)
            && !transform.items.isEmpty()
            && transform.items.stream()
                .allMatch(
                    t ->
                        t.is(Value.Kind.INSTANCE)
                            || t.is(Value.Kind.REFERENCE)
                            || t.is(Value.Kind.FUNCTION));
    return known ? transform.items : null;
  }
}
