package org.aitia.evidence.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Mappings;
import org.aitia.limit.Budget;
import org.aitia.run.model.SavedTensor;

/**
 * The parts of ONNX's {@code ModelProto} that tell of a model; field numbers are those of
 * onnx.proto. Weights are measured as they pass and never held.
 */
final class OnnxMessage {
  private static final int MAX_NODES = 200_000;

  private static final int MAX_NAMES = 1_000_000;

  /** Longest name that is kept, in bytes. */
  private static final int MAX_NAME = 4_096;

  /** An operation as it stands in the file. */
  record Node(
      String name,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Long> numbers) {}

  /** A weight; its statistics are null when they are not in the file. */
  record Weight(String name, List<Long> shape, int type, SavedTensor tensor) {}

  final List<Node> nodes = new ArrayList<>();
  final Map<String, Weight> weights = new LinkedHashMap<>();
  final Map<String, Integer> types = new HashMap<>();
  final List<String> inputs = new ArrayList<>();
  final List<String> outputs = new ArrayList<>();
  long opset = -1;
  String fault;
  private int names;

  /** Reads as far as the file goes; see {@link #fault}. */
  static OnnxMessage read(InputStream from) {
    OnnxMessage model = new OnnxMessage();
    CodedInputStream in = CodedInputStream.newInstance(from);
    try {
      model.model(in);
    } catch (IOException | RuntimeException e) {
      model.fault =
          "is damaged or cut at byte "
              + in.getTotalBytesRead()
              + ": "
              + Mappings.first(e.getMessage());
    }
    return model;
  }

  private void model(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 7 -> graph(in);
        case 8 -> opset(in);
        default -> in.skipField(tag);
      }
    }
  }

  /**
   * A name. Longer ones are passed over, and more than a model has are refused: a short one takes a
   * byte in the file and fifty in memory.
   */
  private String text(CodedInputStream in) throws IOException {
    Budget.step();
    if (++names > MAX_NAMES) {
      throw new IOException("has more than " + MAX_NAMES + " names");
    }
    int length = in.readRawVarint32();
    if (length < 0 || length > MAX_NAME) {
      in.skipRawBytes(length);
      return "";
    }
    return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
  }

  private void opset(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String domain = "";
    long version = -1;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> domain = text(in);
        case 2 -> version = in.readInt64();
        default -> in.skipField(tag);
      }
    }
    opset = domain.isEmpty() ? version : opset;
    in.popLimit(end);
  }

  private void graph(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> node(in);
        case 5 -> weight(in);
        case 11 -> inputs.add(value(in));
        case 12 -> outputs.add(value(in));
        case 13 -> value(in);
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
  }

  private void node(CodedInputStream in) throws IOException {
    if (nodes.size() >= MAX_NODES) {
      throw new IOException("has more than " + MAX_NODES + " nodes");
    }
    int end = in.pushLimit(in.readRawVarint32());
    String name = "";
    String operator = "";
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Map<String, Long> numbers = new HashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> from.add(text(in));
        case 2 -> to.add(text(in));
        case 3 -> name = text(in);
        case 4 -> operator = text(in);
        case 5 -> attribute(in, numbers);
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    nodes.add(new Node(name, operator, from, to, numbers));
  }

  private void attribute(CodedInputStream in, Map<String, Long> numbers) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String name = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = text(in);
        case 3 -> numbers.put(name, in.readInt64());
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
  }

  private void weight(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    List<Long> shape = new ArrayList<>();
    int type = 0;
    String name = "";
    SavedTensor found = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      switch (field) {
        case 1 -> OnnxWeight.dimensions(in, packed, shape);
        case 2 -> type = in.readInt32();
        case 8 -> name = text(in);
        case OnnxWeight.FLOAT_DATA, OnnxWeight.RAW_DATA -> {
          if (packed) {
            found = OnnxWeight.elements(in, name, type, shape);
          } else {
            in.skipField(tag);
          }
        }
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    if (found != null && found.name().isEmpty()) {
      found =
          new SavedTensor(
              name,
              found.type(),
              found.shape(),
              found.elements(),
              found.stats(),
              found.checksum(),
              found.sample());
    }
    weights.put(name, new Weight(name, List.copyOf(shape), type, found));
    types.put(name, type);
  }

  private String value(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String name = "";
    int type = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = text(in);
        case 2 -> type = type(in);
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    types.put(name, type);
    return name;
  }

  /** TypeProto.tensor_type.elem_type; 0 of what is no tensor. */
  private static int type(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    int type = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != 1) {
        in.skipField(tag);
        continue;
      }
      int tensor = in.pushLimit(in.readRawVarint32());
      for (int t = in.readTag(); t != 0; t = in.readTag()) {
        if (WireFormat.getTagFieldNumber(t) == 1) {
          type = in.readInt32();
        } else {
          in.skipField(t);
        }
      }
      in.popLimit(tensor);
    }
    in.popLimit(end);
    return type;
  }
}
