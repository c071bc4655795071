package org.aitia.evidence.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.aitia.limit.Budget;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.TensorStats;

/** Statistics of one tensor in a single pass over its bytes; memory does not grow with it. */
public final class TensorSum {
  private static final int CHUNK = 1 << 16;

  /** Tensors of one file that are looked at. */
  public static final int MAX_TENSORS = 20_000;

  private final ElementType type;
  private final long elements;
  private final long stride;
  private final CRC32C checksum = new CRC32C();
  private final double[] sample;
  private int sampled;
  private long position;
  private long next;
  private long nonFinite;
  private long zeros;
  private double sum;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  private TensorSum(ElementType type, long elements) {
    this.type = type;
    this.elements = elements;
    this.stride = Math.max(1, (elements + SavedTensor.SAMPLE - 1) / SavedTensor.SAMPLE);
    this.sample = new double[(int) Math.min(SavedTensor.SAMPLE, elements)];
  }

  /**
   * Reads a tensor whose elements lie one after the other.
   *
   * @throws EOFException when the bytes end before the elements
   */
  public static SavedTensor read(
      String name, ElementType type, List<Long> shape, InputStream in, ByteOrder order)
      throws IOException {
    TensorSum sum = new TensorSum(type, elements(shape));
    byte[] bytes = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    long left = Math.multiplyExact(sum.elements, (long) type.size());
    while (left > 0) {
      Budget.step();
      int wanted = (int) Math.min(CHUNK, left);
      int got = in.readNBytes(bytes, 0, wanted);
      sum.take(buffer, got);
      left -= got;
      if (got < wanted) {
        throw new EOFException("ends within " + name);
      }
    }
    return sum.finish(name, shape);
  }

  /** Number of elements of a shape; a scalar has one. */
  public static long elements(List<Long> shape) throws IOException {
    long product = 1;
    for (long size : shape) {
      if (size < 0 || size > 0 && product > Long.MAX_VALUE / 16 / size) {
        throw new IOException("a tensor claims the shape " + shape);
      }
      product *= size;
    }
    return product;
  }

  private void take(ByteBuffer bytes, int count) {
    checksum.update(bytes.array(), 0, count);
    for (int at = 0; at + type.size() <= count; at += type.size()) {
      add(type.get(bytes, at));
    }
  }

  private void add(double value) {
    if (position++ == next && sampled < sample.length) {
      sample[sampled++] = value;
      next += stride;
    }
    if (!Double.isFinite(value)) {
      nonFinite++;
      return;
    }
    zeros += value == 0 ? 1 : 0;
    sum += value;
    squares += value * value;
    min = value < min ? value : min;
    max = value > max ? value : max;
  }

  private SavedTensor finish(String name, List<Long> shape) {
    long finite = elements - nonFinite;
    double mean = finite == 0 ? Double.NaN : sum / finite;
    double variance = finite == 0 ? Double.NaN : Math.max(0, squares / finite - mean * mean);
    // rounding of the two sums would make a constant tensor look as if it varied
    double std = min == max ? 0 : Math.sqrt(variance);
    TensorStats stats =
        new TensorStats(
            mean,
            std,
            finite == 0 ? Double.NaN : min,
            finite == 0 ? Double.NaN : max,
            Math.sqrt(squares),
            finite == 0 ? Double.NaN : Math.max(Math.abs(min), Math.abs(max)),
            nonFinite,
            elements == 0 ? Double.NaN : zeros / (double) elements,
            Double.NaN);
    return new SavedTensor(
        name,
        type.id(),
        shape,
        elements,
        stats,
        (int) checksum.getValue(),
        Arrays.copyOf(sample, sampled));
  }
}
