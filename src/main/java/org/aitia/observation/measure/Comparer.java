package org.aitia.observation.measure;

import java.util.List;
import org.aitia.run.Run;

/**
 * Measures one side of how a run differs from another one. Stateless; says nothing about what one
 * of the two did not record.
 */
public interface Comparer {
  /** What is compared, in one word. */
  String subject();

  /** Every measure this comparer may note. */
  List<Measure> measures();

  /** Every limit this comparer may ask the notes for. */
  default List<Limit> limits() {
    return List.of();
  }

  /** Notes what can be compared. */
  void compare(Run run, Run other, Contrast notes);
}
