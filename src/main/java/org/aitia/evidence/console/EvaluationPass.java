package org.aitia.evidence.console;

import java.util.List;

/** An evaluation that is shown batch by batch: it counts once, as its last batch left it. */
final class EvaluationPass {
  /** The last line of an evaluation that goes on. */
  private ConsoleLine pass;

  /** What there is to add, in its order, now that a line was read. */
  List<ConsoleLine> take(ConsoleLine line) {
    boolean batch =
        line.evaluation()
            && !line.values().isEmpty()
            && !Double.isNaN(line.place().within())
            && !Double.isNaN(line.place().length());
    List<ConsoleLine> ended = List.of();
    if (pass != null && summarises(line, batch)) {
      pass = null;
    } else if (!batch || pass != null && line.place().within() < pass.place().within()) {
      ended = end();
    }
    if (batch) {
      pass = line;
      return ended;
    }
    return ended.isEmpty() ? List.of(line) : List.of(ended.get(0), line);
  }

  /** Whether a line shows the same of the same epoch, after the batches of an evaluation. */
  private boolean summarises(ConsoleLine line, boolean batch) {
    List<String> names = line.values().stream().map(LineValues.Value::name).toList();
    boolean after = !batch || line.place().within() <= pass.place().within();
    return after
        && line.evaluation()
        && line.place().epoch() == pass.place().epoch()
        && pass.values().stream().anyMatch(v -> names.contains(v.name()));
  }

  /** What the last evaluation has left, with the means over all; empty where none had ended. */
  List<ConsoleLine> end() {
    ConsoleLine last = pass;
    pass = null;
    return last != null && last.place().within() >= last.place().length() - 1
        ? List.of(last.ofAll())
        : List.of();
  }
}
