package org.aitia.evidence.tracker;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of TensorFlow's {@code Event} message that tell of a training; field numbers are those
 * of event.proto, summary.proto and tensor.proto.
 *
 * @param version {@code brain.Event:2} in a file's first event, else null
 */
record EventMessage(long step, String version, List<Value> values) {
  private static final int MAX_VALUES = 100_000;

  /**
   * One summary value.
   *
   * @param scalar NaN when there is none: see {@code hasScalar}
   * @param plugin name of the plugin that wrote it, or null: only the first value of a tag need say
   * @param content the plugin's own data, or null
   */
  record Value(
      String tag,
      boolean hasScalar,
      double scalar,
      Histogram histogram,
      EventTensor tensor,
      String plugin,
      byte[] content) {}

  static EventMessage parse(byte[] bytes, int length) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes, 0, length);
    long step = 0;
    String version = null;
    List<Value> values = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 2 -> step = in.readInt64();
        case 3 -> version = in.readString();
        case 5 -> summary(in, values);
        default -> in.skipField(tag);
      }
    }
    return new EventMessage(step, version, values);
  }

  private static void summary(CodedInputStream in, List<Value> values) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1 && values.size() < MAX_VALUES) {
        values.add(value(in));
      } else {
        in.skipField(tag);
      }
    }
    in.popLimit(end);
  }

  private static Value value(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String name = "";
    boolean hasScalar = false;
    double scalar = Double.NaN;
    Histogram histogram = null;
    EventTensor tensor = null;
    String plugin = null;
    byte[] content = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> {
          scalar = in.readFloat();
          hasScalar = true;
        }
        case 5 -> histogram = Histogram.parse(in);
        case 8 -> tensor = EventTensor.parse(in);
        case 9 -> {
          int metadata = in.pushLimit(in.readRawVarint32());
          for (int t = in.readTag(); t != 0; t = in.readTag()) {
            if (WireFormat.getTagFieldNumber(t) != 1) {
              in.skipField(t);
              continue;
            }
            int data = in.pushLimit(in.readRawVarint32());
            for (int u = in.readTag(); u != 0; u = in.readTag()) {
              switch (WireFormat.getTagFieldNumber(u)) {
                case 1 -> plugin = in.readString();
                case 2 -> content = in.readByteArray();
                default -> in.skipField(u);
              }
            }
            in.popLimit(data);
          }
          in.popLimit(metadata);
        }
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    return new Value(name, hasScalar, scalar, histogram, tensor, plugin, content);
  }

  /** The settings that the hparams plugin keeps, as pairs of name and value. */
  static List<Object[]> hyperparameters(byte[] content) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(content);
    List<Object[]> found = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != 3) { // SessionStartInfo
        in.skipField(tag);
        continue;
      }
      int info = in.pushLimit(in.readRawVarint32());
      for (int t = in.readTag(); t != 0; t = in.readTag()) {
        if (WireFormat.getTagFieldNumber(t) == 1 && found.size() < 1_000) {
          found.add(entry(in));
        } else {
          in.skipField(t);
        }
      }
      in.popLimit(info);
    }
    return found;
  }

  private static Object[] entry(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String key = "";
    Object value = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> key = in.readString();
        case 2 -> {
          int inner = in.pushLimit(in.readRawVarint32());
          for (int t = in.readTag(); t != 0; t = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(t)) {
              case 2 -> {
                double number = in.readDouble();
                // the plugin knows no whole numbers
                boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
                value = whole ? (Object) (long) number : (Object) number;
              }
              case 3 -> value = in.readString();
              case 4 -> value = in.readBool();
              default -> in.skipField(t);
            }
          }
          in.popLimit(inner);
        }
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    return new Object[] {key, value};
  }
}
