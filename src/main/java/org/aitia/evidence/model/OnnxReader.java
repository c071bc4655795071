package org.aitia.evidence.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.keras.KerasReader;
import org.aitia.evidence.tensor.Checkpoints;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/** ONNX: a model's operations, how they are wired, and its weights. */
public final class OnnxReader implements Reader {
  /** Versions of the format's intermediate representation so far, with room. */
  private static final int MAX_VERSION = 40;

  @Override
  public String format() {
    return "onnx";
  }

  @Override
  public String describe() {
    return "ONNX model (.onnx): operations, wiring, weights";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    if (bytes.length < 8 || bytes[0] != 0x08 || bytes[1] < 1 || bytes[1] > MAX_VERSION) {
      return false;
    }
    return head.name().endsWith(".onnx") || bytes[2] == 0x12 && isText(bytes, 4, bytes[3]);
  }

  private static boolean isText(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (i >= bytes.length || bytes[i] < 0x20) {
        return false;
      }
    }
    return length > 0;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    OnnxMessage message;
    try (InputStream in = input.open()) {
      message = OnnxMessage.read(in);
    }
    if (message.nodes.isEmpty()) {
      throw new IOException(
          "holds no graph of ONNX" + (message.fault == null ? "" : ": it " + message.fault));
    }
    OnnxGraph graph = new OnnxGraph(message);
    Source from = new Source(input.name(), null);
    run.model(graph.model(from));
    if (message.fault == null) {
      run.graph(graph.graph(from)); // a graph that is cut would show dead ends
    }
    List<SavedTensor> tensors =
        message.weights.values().stream()
            .map(OnnxMessage.Weight::tensor)
            .filter(Objects::nonNull)
            .toList();
    Checkpoints.take(input, Double.NaN, tensors, run);
    return KerasReader.note(
        input,
        format(),
        message.nodes.size(),
        tensors.size(),
        message.fault == null ? List.of() : List.of(message.fault));
  }
}
