package org.aitia.evidence.tracker;

import java.util.Set;

/**
 * Which module's weight or gradient a histogram's tag names.
 *
 * @param layer name of the module
 * @param gradient whether it is the gradient rather than the weight itself
 */
record LayerTag(String layer, boolean gradient) {
  private static final Set<String> WEIGHTS = Set.of("weights", "weight", "params", "parameters");
  private static final Set<String> GRADIENTS = Set.of("grads", "grad", "gradients", "gradient");

  /** The last parts of names that mean a module's main weight; biases and statistics do not. */
  private static final Set<String> MAIN = Set.of("weight", "kernel", "embeddings");

  /** Null when the tag names neither. */
  static LayerTag of(String tag) {
    String rest = tag.endsWith("/histogram") ? tag.substring(0, tag.lastIndexOf('/')) : tag;
    boolean gradient = false;
    int slash = rest.indexOf('/');
    if (slash > 0) {
      String group = rest.substring(0, slash).toLowerCase(java.util.Locale.ROOT);
      gradient = GRADIENTS.contains(group);
      if (gradient || WEIGHTS.contains(group)) {
        rest = rest.substring(slash + 1);
      }
    }
    for (String end : new String[] {".grad", "/grad", "_grad", "/gradient"}) {
      if (rest.endsWith(end)) {
        gradient = true;
        rest = rest.substring(0, rest.length() - end.length());
      }
    }
    int last = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('/'));
    if (last <= 0 || !MAIN.contains(rest.substring(last + 1).replaceAll(":0$", ""))) {
      return null;
    }
    String layer = rest.substring(0, last);
    return new LayerTag(layer.substring(layer.lastIndexOf('/') + 1), gradient);
  }
}
