package org.aitia.script.trace;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where a tensor or an array comes from.
 *
 * @param activation what made its values: {@code linear}, {@code softmax}, {@code log-softmax},
 *     {@code sigmoid}, another activation's name; null when not known
 * @param dimension the axis of a softmax; NaN when not known
 * @param units width of the layer that made it; NaN when not known
 * @param through modules that get a gradient through it
 * @param cut modules it went through before its gradient was cut
 * @param batchOf the loader that gave it; null when none
 * @param position its place in the batch; -1 when not known
 * @param loss the loss it is; null when it is none
 * @param tags what else is known of it
 */
public record Flow(
    String activation,
    double dimension,
    double units,
    Set<Value> through,
    Set<Value> cut,
    Value batchOf,
    int position,
    Loss loss,
    Set<String> tags) {
  /** Tag of an array of one axis. */
  public static final String FLAT = "flat";

  /** Tag of what was given another shape since the last layer, or since it came out of a batch. */
  public static final String RESHAPED = "reshaped";

  public static final Flow NONE =
      new Flow(null, Double.NaN, Double.NaN, Set.of(), Set.of(), null, -1, null, Set.of());

  /**
   * A loss.
   *
   * @param name short name of the loss function; null for a sum of several
   * @param negated whether its sign is turned
   * @param scaled whether it is divided or multiplied by something
   * @param summed whether it is summed over the samples
   */
  public record Loss(String name, boolean negated, boolean scaled, boolean summed) {}

  public Flow activation(String next, double axis, double width) {
    return new Flow(next, axis, width, through, cut, batchOf, position, null, tags);
  }

  public Flow from(Value loader, int place) {
    Flow whole = new Flow(activation, dimension, units, through, cut, loader, place, loss, tags);
    return place < 0 ? whole : whole.untag(FLAT).untag(RESHAPED);
  }

  public Flow loss(Loss next) {
    return new Flow(null, Double.NaN, Double.NaN, through, cut, batchOf, position, next, tags);
  }

  public Flow through(Value module) {
    return new Flow(
        activation, dimension, units, plus(through, module), cut, batchOf, position, loss, tags);
  }

  /** The same without a gradient. */
  public Flow detached() {
    Set<Value> all = new LinkedHashSet<>(cut);
    all.addAll(through);
    return new Flow(activation, dimension, units, Set.of(), all, batchOf, position, loss, tags);
  }

  public Flow tag(String tag) {
    return new Flow(
        activation, dimension, units, through, cut, batchOf, position, loss, plus(tags, tag));
  }

  /** The same without a tag. */
  public Flow untag(String tag) {
    if (!tags.contains(tag)) {
      return this;
    }
    Set<String> left = new LinkedHashSet<>(tags);
    left.remove(tag);
    return new Flow(activation, dimension, units, through, cut, batchOf, position, loss, left);
  }

  /** The same in another shape. */
  public Flow reshaped() {
    return untag(FLAT).tag(RESHAPED);
  }

  /** Whether it is one column that a layer without activation put out. */
  public boolean isColumn() {
    return units == 1 && "linear".equals(activation) && !has(RESHAPED) && !through.isEmpty();
  }

  public boolean has(String tag) {
    return tags.contains(tag);
  }

  /** What an unknown function of both gives: modules and tags of both, nothing of its values. */
  public Flow with(Flow other) {
    Set<Value> modules = join(through, other.through);
    Set<Value> cuts = join(cut, other.cut);
    Value loader = batchOf == null ? other.batchOf : batchOf;
    return new Flow(
        null, Double.NaN, Double.NaN, modules, cuts, loader, -1, null, join(tags, other.tags));
  }

  /** What is known whichever of the two it is. */
  public Flow either(Flow other) {
    boolean same = java.util.Objects.equals(activation, other.activation);
    return new Flow(
        same ? activation : null,
        same ? dimension : Double.NaN,
        same ? units : Double.NaN,
        join(through, other.through),
        join(cut, other.cut),
        batchOf == other.batchOf ? batchOf : null,
        position == other.position ? position : -1,
        java.util.Objects.equals(loss, other.loss) ? loss : null,
        join(tags, other.tags));
  }

  private static <T> Set<T> plus(Set<T> set, T item) {
    Set<T> all = new LinkedHashSet<>(set);
    all.add(item);
    return all;
  }

  private static <T> Set<T> join(Set<T> a, Set<T> b) {
    if (a.isEmpty() || a.equals(b)) {
      return b;
    }
    if (b.isEmpty()) {
      return a;
    }
    Set<T> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all;
  }
}
