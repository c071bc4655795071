package org.aitia.evidence.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.aitia.limit.Budget;

/** The numbers of an array one after the other. */
final class NpyNumbers {
  private final InputStream in;
  private final NpyHeader head;
  private final byte[] bytes;
  private ByteBuffer buffer;
  private double value;

  NpyNumbers(InputStream in, NpyHeader head) {
    this.in = in;
    this.head = head;
    this.bytes = new byte[8_192 * head.size()];
    this.buffer = ByteBuffer.allocate(0);
  }

  boolean next() throws IOException {
    if (buffer.remaining() < head.size()) {
      Budget.step();
      int n = in.readNBytes(bytes, 0, bytes.length);
      buffer = ByteBuffer.wrap(bytes, 0, n).order(head.order());
      if (n < head.size()) {
        return false;
      }
    }
    value = head.number(buffer);
    return true;
  }

  double value() {
    return value;
  }
}
