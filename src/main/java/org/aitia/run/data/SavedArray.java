package org.aitia.run.data;

import java.util.List;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;

/**
 * An array that a run saved, as far as it is kept: moments over all its values, and values evenly
 * over it, so that two arrays of one shape are kept at the same places.
 *
 * @param name path of its file below the run's folder without the ending, and the name inside an
 *     archive behind a slash
 * @param role what its name says it is
 * @param count number of values
 * @param values at 0, stride, 2 × stride ...
 * @param finite moments of the finite values
 * @param nonFinite number of NaN or infinite values
 * @param digest of all values in order: equal arrays have equal ones
 */
public record SavedArray(
    String name,
    Role role,
    List<Long> shape,
    long count,
    double[] values,
    Moments finite,
    long nonFinite,
    long digest,
    Source source) {
  /** What enters the model, what it is to give, or anything between. */
  public enum Role {
    INPUT,
    TARGET,
    OTHER
  }

  public SavedArray {
    shape = List.copyOf(shape);
  }

  /** Whether every value is kept. */
  public boolean isWhole() {
    return values.length == count;
  }
}
