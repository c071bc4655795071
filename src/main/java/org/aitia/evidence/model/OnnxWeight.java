package org.aitia.evidence.model;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.evidence.tensor.TensorSum;
import org.aitia.run.model.SavedTensor;

/** The elements of a weight of ONNX. */
final class OnnxWeight {
  static final int RAW_DATA = 9;
  static final int FLOAT_DATA = 4;

  private OnnxWeight() {}

  static void dimensions(CodedInputStream in, boolean packed, List<Long> shape) throws IOException {
    int end = packed ? in.pushLimit(in.readRawVarint32()) : 0;
    do {
      if (shape.size() > 32) {
        throw new IOException("a weight has more than 32 axes");
      }
      shape.add(in.readInt64());
    } while (packed && !in.isAtEnd());
    if (packed) {
      in.popLimit(end);
    }
  }

  static SavedTensor elements(CodedInputStream in, String name, int type, List<Long> shape)
      throws IOException {
    int length = in.readRawVarint32();
    ElementType element = element(type);
    int end = in.pushLimit(length);
    SavedTensor found = null;
    if (element != null && TensorSum.elements(shape) * element.size() == length) {
      found = TensorSum.read(name, element, shape, new Bytes(in), ByteOrder.LITTLE_ENDIAN);
    }
    in.skipRawBytes(in.getBytesUntilLimit());
    in.popLimit(end);
    return found;
  }

  /** Element types by the numbers of {@code TensorProto.DataType}. */
  static ElementType element(int type) {
    return switch (type) {
      case 1 -> ElementType.FLOAT32;
      case 2 -> ElementType.UINT8;
      case 3 -> ElementType.INT8;
      case 6 -> ElementType.INT32;
      case 7 -> ElementType.INT64;
      case 9 -> ElementType.BOOL;
      case 10 -> ElementType.FLOAT16;
      case 11 -> ElementType.FLOAT64;
      case 16 -> ElementType.BFLOAT16;
      default -> null;
    };
  }

  /** The bytes up to the limit, as a stream. */
  private static final class Bytes extends InputStream {
    private final CodedInputStream in;

    Bytes(CodedInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.isAtEnd() ? -1 : in.readRawByte() & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int left = in.getBytesUntilLimit();
      if (left <= 0) {
        return -1;
      }
      byte[] some = in.readRawBytes(Math.min(length, left));
      System.arraycopy(some, 0, into, offset, some.length);
      return some.length;
    }
  }
}
