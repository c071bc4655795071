package org.aitia.evidence.tracker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import java.util.zip.ZipException;
import org.aitia.limit.Budget;

/**
 * The framing of TensorBoard's event files (TFRecord): length, checksum of the length, payload,
 * checksum of the payload; CRC-32C, masked.
 */
final class EventRecords implements AutoCloseable {
  /** A larger record is no event: the largest ones hold a graph or images. */
  static final int MAX_RECORD = 64 << 20;

  static final int HEADER = 12;
  private static final int CHECKSUM = 4;
  private static final int MASK = 0xa282ead8;

  private final InputStream in;
  private final byte[] header = new byte[HEADER];
  private byte[] payload = new byte[1 << 12];
  private int length;
  private long offset;
  private long skipped;
  private long firstSkipped;
  private boolean cut;
  private String damage;

  EventRecords(InputStream in) {
    this.in = in;
  }

  /** Whether the first bytes of a file head a record: their checksum is right. */
  static boolean begins(byte[] bytes) {
    return bytes.length > HEADER
        && isRight(
            bytes,
            Long.BYTES,
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES));
  }

  /**
   * Reads the next record whose checksum is right into {@link #payload}.
   *
   * @return false at the end of what can be read
   */
  boolean next() throws IOException {
    while (damage == null && !cut) {
      Budget.step();
      long start = offset;
      int got = read(header, HEADER);
      if (got < HEADER) {
        cut = got > 0;
        return false;
      }
      ByteBuffer head = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
      long claimed = head.getLong(0);
      if (!isRight(header, Long.BYTES, head.getInt(Long.BYTES))) {
        damage =
            "at byte " + start + " the checksum of a record's length is wrong: the rest is lost";
        return false;
      }
      if (claimed < 0 || claimed > MAX_RECORD) {
        damage =
            "at byte "
                + start
                + " a record claims "
                + claimed
                + " bytes, more than the "
                + (MAX_RECORD >> 20)
                + " MB a record may have";
        return false;
      }
      length = (int) claimed;
      if (!fill(length + CHECKSUM)) {
        cut = true;
        return false;
      }
      int sum = ByteBuffer.wrap(payload, length, CHECKSUM).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (isRight(payload, length, sum)) {
        return true;
      }
      if (skipped++ == 0) {
        firstSkipped = start;
      }
    }
    return false;
  }

  /** Reads so many bytes into the payload, which grows as they come, not as they were claimed. */
  private boolean fill(int wanted) throws IOException {
    int have = 0;
    while (have < wanted) {
      if (have == payload.length) {
        payload = java.util.Arrays.copyOf(payload, Math.min(wanted, payload.length * 4));
      }
      int n = some(payload, have, Math.min(wanted, payload.length) - have);
      if (n < 0) {
        return false;
      }
      have += n;
    }
    return true;
  }

  private int read(byte[] into, int wanted) throws IOException {
    int have = 0;
    while (have < wanted) {
      int n = some(into, have, wanted - have);
      if (n < 0) {
        break;
      }
      have += n;
    }
    return have;
  }

  private int some(byte[] into, int from, int count) throws IOException {
    try {
      int n = in.read(into, from, count);
      offset += Math.max(n, 0);
      return n;
    } catch (EOFException | ZipException e) {
      damage = "after byte " + offset + " the compressed data end or break";
      return -1;
    }
  }

  /** Whether the checksum is that of the first {@code count} bytes. */
  static boolean isRight(byte[] bytes, int count, int masked) {
    return masked(bytes, count) == masked;
  }

  static int masked(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  /** The record read last; its first {@link #length} bytes are valid until the next one. */
  byte[] payload() {
    return payload;
  }

  int length() {
    return length;
  }

  /** Records passed over for a wrong checksum. */
  long skipped() {
    return skipped;
  }

  /** Byte at which the first record that was passed over begins. */
  long firstSkipped() {
    return firstSkipped;
  }

  /** Whether the last record is cut: the file is still being written, or its writer was killed. */
  boolean cut() {
    return cut;
  }

  /** Bytes read so far. */
  long offset() {
    return offset;
  }

  /** Why reading stopped before the end, or null. */
  String damage() {
    return damage;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
