package org.aitia.observation.reference;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmListener;
import com.github.difflib.patch.AbstractDelta;
import java.util.List;
import org.aitia.limit.Budget;

/**
 * Where two lists differ (Myers 1986). Its time grows with the square of that: under the budget.
 */
final class Deltas {
  private static final DiffAlgorithmListener UNDER_BUDGET =
      new DiffAlgorithmListener() {
        @Override
        public void diffStart() {
          Budget.check();
        }

        @Override
        public void diffStep(int value, int max) {
          Budget.check();
        }

        @Override
        public void diffEnd() {
          Budget.check();
        }
      };

  private Deltas() {}

  static List<AbstractDelta<String>> of(List<String> from, List<String> to) {
    return DiffUtils.diff(from, to, UNDER_BUDGET).getDeltas();
  }
}
