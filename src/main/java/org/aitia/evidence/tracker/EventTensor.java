package org.aitia.evidence.tracker;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.evidence.tracker.message.TensorBoard.Tensor;

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

  static EventTensor of(Tensor tensor) {
    int[] shape =
        tensor.getTensorShape().getDimList().stream()
            .limit(16)
            .mapToInt(d -> (int) Math.max(0, Math.min(d.getSize(), Integer.MAX_VALUE)))
            .toArray();
    String text =
        tensor.getStringValList().stream()
            .filter(s -> s.size() <= MAX_TEXT)
            .findFirst()
            .map(ByteString::toStringUtf8)
            .orElse(null);
    ByteString content = tensor.getTensorContent();
    return new EventTensor(
        shape, content.isEmpty() ? listed(tensor) : packed(content, tensor.getDtype()), text);
  }

  /** Numbers that are listed, each by itself: in the list of the tensor's type. */
  private static double[] listed(Tensor tensor) {
    int type = tensor.getDtype();
    Stream<DoubleStream> lists =
        Stream.of(
            doubles(tensor.getFloatValList()),
            doubles(tensor.getDoubleValList()),
            doubles(tensor.getIntValList()),
            doubles(tensor.getInt64ValList()),
            tensor.getBoolValList().stream().mapToDouble(b -> b ? 1 : 0),
            tensor.getHalfValList().stream().mapToDouble(bits -> half(bits, type)));
    return lists.flatMapToDouble(list -> list).limit(MAX_NUMBERS).toArray();
  }

  private static DoubleStream doubles(List<? extends Number> list) {
    return list.stream().mapToDouble(Number::doubleValue);
  }

  private static double[] packed(ByteString content, int type) {
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
