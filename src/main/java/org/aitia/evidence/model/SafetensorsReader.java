package org.aitia.evidence.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.keras.KerasReader;
import org.aitia.evidence.tensor.Checkpoints;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.evidence.tensor.TensorSum;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/** Weights as Hugging Face saves them: a header in JSON, then the elements. */
public final class SafetensorsReader implements Reader {
  /** The format's own limit is 100 MB; headers of large models take 2. */
  private static final int MAX_HEADER = 8 << 20;

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public String describe() {
    return "safetensors: weights as Hugging Face saves them";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    if (bytes.length < 10 || bytes[8] != '{' || bytes[9] != '"') {
      return false;
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 1 && length < 100L << 20;
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    if (Checkpoints.isBetween(input.path())) {
      return Checkpoints.between(input, format());
    }
    List<String> faults = new ArrayList<>();
    List<SavedTensor> tensors = new ArrayList<>();
    try (FileChannel file = FileChannel.open(input.seekable(), StandardOpenOption.READ)) {
      InputStream in = Channels.newInputStream(file);
      long length =
          ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length > MAX_HEADER || length > file.size()) {
        throw new IOException("claims a header of " + length + " bytes: it is damaged or cut");
      }
      JsonNode header;
      try {
        header = Json.MAPPER.readTree(in.readNBytes((int) length));
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new IOException("its header " + Mappings.fault(e), e);
      }
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        Budget.step();
        if (!entry.getKey().equals("__metadata__") && tensors.size() < TensorSum.MAX_TENSORS) {
          try {
            SavedTensor read = tensor(entry.getKey(), entry.getValue(), file, length + Long.BYTES);
            if (read != null) {
              tensors.add(read);
            }
          } catch (IOException | RuntimeException e) {
            faults.add(entry.getKey() + " cannot be read: " + Mappings.first(e.getMessage()));
          }
        }
      }
    }
    if (tensors.isEmpty()) {
      throw new IOException("holds no weight that can be read: " + String.join("; ", faults));
    }
    StateDict.take(tensors, Map.of(), Map.of(), Map.of(), new Source(input.name(), null), run);
    Checkpoints.take(input, Double.NaN, tensors, run);
    return KerasReader.note(input, format(), 0, tensors.size(), faults);
  }

  private static SavedTensor tensor(String name, JsonNode entry, FileChannel file, long start)
      throws IOException {
    ElementType type = ElementType.ofTorch(entry.path("dtype").asText());
    List<Long> shape = new ArrayList<>();
    entry.path("shape").forEach(n -> shape.add(n.asLong(-1)));
    long at = entry.path("data_offsets").path(0).asLong(-1);
    if (type == null) {
      return null;
    }
    if (at < 0 || at > file.size()) {
      throw new IOException("its place is " + at);
    }
    InputStream in = Channels.newInputStream(file.position(start + at));
    return TensorSum.read(name, type, shape, in, ByteOrder.LITTLE_ENDIAN);
  }
}
