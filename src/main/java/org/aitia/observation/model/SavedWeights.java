package org.aitia.observation.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;

/** Which of the tensors in a saved model are trained weights, and how far two versions differ. */
public final class SavedWeights {
  /** Counters and statistics: they are not trained. */
  private static final Pattern NO_WEIGHT =
      Pattern.compile("(?i).*(running_|moving_|num_batches|position_ids|inv_freq).*");

  /** Masks hold minus infinity on purpose. */
  private static final Pattern MASK = Pattern.compile("(?i).*mask.*");

  private SavedWeights() {}

  /** Tensors of two versions of one model. */
  public record Pair(SavedTensor here, SavedTensor there) {
    public boolean isMatrix() {
      return matrix(here);
    }
  }

  private static boolean trained(SavedTensor tensor) {
    return !NO_WEIGHT.matcher(tensor.name()).matches() && tensor.type().contains("float");
  }

  static boolean matrix(SavedTensor tensor) {
    return trained(tensor) && tensor.shape().size() >= 2 && tensor.elements() > 1;
  }

  /** Whether it holds a NaN or an infinity that no mask holds on purpose. */
  public static boolean broken(SavedTensor tensor) {
    return tensor.stats().hasNonFinite() && !MASK.matcher(tensor.name()).matches();
  }

  /** Tensors of one name and shape; by their order where two builds gave them other names. */
  public static List<Pair> pairs(Snapshot here, Snapshot there) {
    Map<String, SavedTensor> its = new LinkedHashMap<>();
    there.tensors().forEach(t -> its.put(t.name(), t));
    List<Pair> found = new ArrayList<>();
    for (SavedTensor mine : here.tensors()) {
      SavedTensor other = its.get(mine.name());
      if (other != null && other.shape().equals(mine.shape())) {
        found.add(new Pair(mine, other));
      }
    }
    return found.isEmpty() && shapes(here).equals(shapes(there)) ? inOrder(here, there) : found;
  }

  private static List<List<Long>> shapes(Snapshot weights) {
    return weights.tensors().stream().map(SavedTensor::shape).toList();
  }

  private static List<Pair> inOrder(Snapshot here, Snapshot there) {
    List<Pair> found = new ArrayList<>();
    for (int i = 0; i < here.tensors().size(); i++) {
      found.add(new Pair(here.tensors().get(i), there.tensors().get(i)));
    }
    return found;
  }

  /** Norm of the change over norm of the weight, over the elements kept of both. */
  public static double change(SavedTensor then, SavedTensor now) {
    double moved = 0;
    double size = 0;
    for (int i = 0; i < Math.min(then.sample().length, now.sample().length); i++) {
      moved += Math.pow(now.sample()[i] - then.sample()[i], 2);
      size += Math.pow(then.sample()[i], 2);
    }
    return size > 0 ? Math.sqrt(moved / size) : Double.NaN;
  }
}
