package org.aitia.script.check;

import org.aitia.run.word.LossKind;
import org.aitia.script.trace.Event;
import org.aitia.script.trace.Flow;
import org.aitia.script.trace.Names;
import org.aitia.script.trace.Trace;
import org.aitia.script.trace.Value;

/**
 * Predictions of one column against targets of one axis: PyTorch's regression losses broadcast them
 * and compare every target with every prediction.
 */
public final class ShapeCheck implements ScriptCheck {
  @Override
  public void look(Trace trace, Loops loops) {
    for (Event loss : trace.events(Event.Kind.LOSS)) {
      loops.work(1);
      Flow prediction = loss.arguments().at(0).flow;
      Flow target = loss.arguments().at(1).flow;
      if (prediction.isColumn()
          && loss.subject().is(LossKind.SQUARED_ERROR, LossKind.ABSOLUTE_ERROR)
          && Names.framework(loss.subject().name).equals("torch")
          && loops.trains(loss)
          && flat(target)) {
        trace.find("script-shapes-broadcast", loss.site());
      }
    }
  }

  /** Whether it comes as it lay in the data set, as an array of one axis. */
  private static boolean flat(Flow target) {
    Value loader = target.batchOf();
    if (loader == null && target.has(Flow.FLAT)) {
      return !target.has(Flow.RESHAPED);
    }
    if (loader == null || target.position() < 0 || target.has(Flow.RESHAPED)) {
      return false;
    }
    Value set = loader.made.get("dataset", 0);
    if (set != null && set.leaf().equals("Subset")) {
      set = set.made.get("dataset", 0);
    }
    Value array =
        set != null && set.leaf().equals("TensorDataset") ? set.made.at(target.position()) : null;
    return array != null && array.flow.has(Flow.FLAT) && !array.flow.has(Flow.RESHAPED);
  }
}
