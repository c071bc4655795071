package org.aitia.evidence.tracker;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.aitia.evidence.tensor.ElementType;

/**
 * TensorFlow's {@code TensorProto}, as far as scalars, histograms and texts need it.
 *
 * @param shape sizes of its dimensions
 * @param numbers its elements; empty for texts and for tensors that are too large to be a summary
 * @param text its first string, or null
 */
record EventTensor(int[] shape, double[] numbers, String text) {
  /** A histogram has some hundred numbers; a tensor with more is an image or a table. */
  private static final int MAX_NUMBERS = 65_536;

  private static final int MAX_TEXT = 4 << 20;
  private static final int FLOAT = 1;
  private static final int DOUBLE = 2;
  private static final int INT32 = 3;
  private static final int INT64 = 9;
  private static final int BFLOAT16 = 14;
  private static final int HALF = 19;

  /** Whether it is one number. */
  boolean isScalar() {
    return numbers.length == 1 && Arrays.stream(shape).allMatch(n -> n == 1);
  }

  static EventTensor parse(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    int type = 0;
    int[] shape = {};
    ByteString content = ByteString.EMPTY;
    double[] numbers = {};
    String text = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      switch (field) {
        case 1 -> type = in.readEnum();
        case 2 -> shape = shape(in);
        case 4 -> content = in.readBytes();
        case 5, 6, 7, 10, 11, 13 -> numbers = add(numbers, in, tag, field, type);
        case 8 -> {
          ByteString bytes = in.readBytes();
          if (text == null && bytes.size() <= MAX_TEXT) {
            text = bytes.toStringUtf8();
          }
        }
        default -> in.skipField(tag);
      }
    }
    in.popLimit(end);
    if (!content.isEmpty()) {
      numbers = content(content, type);
    }
    return new EventTensor(shape, numbers, text);
  }

  private static int[] shape(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    int[] sizes = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != 2 || sizes.length >= 16) {
        in.skipField(tag);
        continue;
      }
      int dimension = in.pushLimit(in.readRawVarint32());
      long size = 0;
      for (int t = in.readTag(); t != 0; t = in.readTag()) {
        if (WireFormat.getTagFieldNumber(t) == 1) {
          size = in.readInt64();
        } else {
          in.skipField(t);
        }
      }
      in.popLimit(dimension);
      sizes = Arrays.copyOf(sizes, sizes.length + 1);
      sizes[sizes.length - 1] = (int) Math.max(0, Math.min(size, Integer.MAX_VALUE));
    }
    in.popLimit(end);
    return sizes;
  }

  /** Repeated numbers, packed or one by one. */
  private static double[] add(double[] had, CodedInputStream in, int tag, int field, int type)
      throws IOException {
    double[] all = had;
    int count = had.length;
    boolean packed = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    int end = packed ? in.pushLimit(in.readRawVarint32()) : 0;
    while (!packed || in.getBytesUntilLimit() > 0) {
      double number =
          switch (field) {
            case 5 -> in.readFloat();
            case 6 -> in.readDouble();
            case 13 -> half(in.readInt32(), type);
            default -> in.readInt64();
          };
      if (count < MAX_NUMBERS) {
        all = count == all.length ? Arrays.copyOf(all, Math.max(1, count * 2)) : all;
        all[count++] = number;
      }
      if (!packed) {
        break;
      }
    }
    if (packed) {
      in.popLimit(end);
    }
    return Arrays.copyOf(all, count);
  }

  private static double[] content(ByteString content, int type) {
    int width =
        switch (type) {
          case FLOAT, INT32 -> 4;
          case DOUBLE, INT64 -> 8;
          case HALF, BFLOAT16 -> 2;
          default -> 0;
        };
    if (width == 0 || content.size() / width > MAX_NUMBERS) {
      return new double[0];
    }
    ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] numbers = new double[content.size() / width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (type) {
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            default -> half(bytes.getShort(), type);
          };
    }
    return numbers;
  }

  private static double half(int bits, int type) {
    return type == BFLOAT16 ? ElementType.brain((short) bits) : ElementType.half((short) bits);
  }
}
