package org.aitia.evidence.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import net.razorvine.pickle.Opcodes;
import org.aitia.evidence.document.Pickled;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * A pickled dictionary of a list of values a metric, as {@code pickle.dump(history.history)} after
 * Keras' fit makes it; or of such dictionaries by data set. The pickle is never executed.
 */
public final class PickledHistoryReader implements Reader {
  /** A frame's opcode and its length, which Python writes since protocol 4. */
  private static final int FRAME = 9;

  @Override
  public String format() {
    return "history-pickle";
  }

  @Override
  public String describe() {
    return "Pickled dictionary with a list of values a metric (Keras History); never executed";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    int first = bytes.length > 2 && (bytes[2] & 0xff) == Opcodes.FRAME ? 2 + FRAME : 2;
    return isPickle(bytes) && bytes.length > first && bytes[first] == Opcodes.EMPTY_DICT;
  }

  /** Whether bytes begin as Python's binary pickles do: protocols 2 to 5. */
  static boolean isPickle(byte[] bytes) {
    return bytes.length > 2 && (bytes[0] & 0xff) == Opcodes.PROTO && bytes[1] >= 2 && bytes[1] <= 5;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    byte[] bytes;
    try (InputStream in = input.open()) {
      bytes = in.readNBytes(Pickled.MAX_SIZE + 1);
    }
    if (bytes.length > Pickled.MAX_SIZE) {
      throw new IOException(
          "is a pickle of more than " + (Pickled.MAX_SIZE >> 20) + " MB: it was not read");
    }
    MetricLists curves = new MetricLists(input.vocabulary());
    if (Pickled.read(bytes) instanceof Map<?, ?> history) {
      history.forEach((name, values) -> take(String.valueOf(name), values, curves));
    }
    long taken = curves.deliver(new Points(run, input.name(), null, input.vocabulary()));
    if (taken == 0) {
      return new FileNote(input.name(), format(), FileNote.State.SKIPPED, Asides.PICKLE);
    }
    return new FileNote(input.name(), format(), FileNote.State.READ, taken + " values");
  }

  private static void take(String name, Object values, MetricLists curves) {
    if (values instanceof Map<?, ?> set) {
      set.forEach((metric, list) -> list(HistoryReader.name(name, "" + metric), list, curves));
    } else {
      list(name, values, curves);
    }
  }

  private static void list(String name, Object values, MetricLists curves) {
    if (!(values instanceof Iterable<?> items) || !curves.knows(name)) {
      return;
    }
    for (Object item : items) {
      if (item instanceof Number || item == null) {
        curves.add(name, item == null ? Double.NaN : ((Number) item).doubleValue());
      }
    }
  }
}
