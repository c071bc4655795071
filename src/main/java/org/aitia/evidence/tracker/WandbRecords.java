package org.aitia.evidence.tracker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.aitia.limit.Budget;

/**
 * The framing of .wandb files, which is LevelDB's log: blocks of 32 KiB, in them chunks with
 * checksum (plain CRC-32 here), length and kind; a record is one chunk or a first, middle ones and
 * a last.
 */
final class WandbRecords implements AutoCloseable {
  static final int HEADER = 7;
  private static final int BLOCK = 32_768;
  private static final int CHUNK_HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  /** A larger record is no row of a history: those with images hold only their names. */
  static final int MAX_RECORD = 16 << 20;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private int filled;
  private int position = HEADER;
  private long blocks;
  private byte[] record = new byte[1 << 12];
  private int length;
  private long wrong;
  private long firstWrong;
  private boolean cut;
  private boolean tooLong;
  private String damage;

  WandbRecords(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next record whose checksums are right.
   *
   * @return false at the end
   */
  boolean next() throws IOException {
    length = 0;
    boolean open = false;
    while (true) {
      Budget.step();
      if (position + CHUNK_HEADER > filled && !fill()) {
        cut |= open;
        return false;
      }
      ByteBuffer head =
          ByteBuffer.wrap(block, position, CHUNK_HEADER).order(ByteOrder.LITTLE_ENDIAN);
      int sum = head.getInt();
      int size = head.getShort() & 0xffff;
      int kind = head.get();
      if (kind == 0 && size == 0) {
        position = filled; // the rest of the block is padding
        continue;
      }
      int end = position + CHUNK_HEADER + size;
      if (end > filled) {
        if (filled < BLOCK) {
          cut = true;
          return false;
        }
        wrong();
        open = false;
        position = filled;
        continue;
      }
      boolean right = isRight(sum, size);
      int from = position + CHUNK_HEADER;
      position = end;
      if (!right || kind > LAST || kind < FULL) {
        wrong(from);
        open = false;
        continue;
      }
      if (kind == FULL || kind == FIRST) {
        length = 0;
        open = true;
      }
      if (!open) {
        continue; // the beginning of this record was lost
      }
      open = append(from, size);
      if (open && (kind == FULL || kind == LAST)) {
        return true;
      }
    }
  }

  private boolean isRight(int sum, int size) {
    CRC32 crc = new CRC32();
    crc.update(block, position + CHUNK_HEADER - 1, size + 1); // the kind is part of it
    return (int) crc.getValue() == sum;
  }

  private void wrong() {
    wrong(position);
  }

  private void wrong(int at) {
    if (wrong++ == 0) {
      firstWrong = (blocks - 1) * BLOCK + at;
    }
  }

  private boolean append(int from, int size) {
    if (length + size > MAX_RECORD) {
      tooLong = true;
      return false;
    }
    if (length + size > record.length) {
      record = Arrays.copyOf(record, Math.max(record.length * 2, length + size));
    }
    System.arraycopy(block, from, record, length, size);
    length += size;
    return true;
  }

  private boolean fill() throws IOException {
    if (blocks > 0 && filled < BLOCK) {
      cut |= filled - position > 0;
      return false;
    }
    int have = 0;
    try {
      while (have < BLOCK) {
        int n = in.read(block, have, BLOCK - have);
        if (n < 0) {
          break;
        }
        have += n;
      }
    } catch (EOFException | ZipException e) {
      damage = "after byte " + (blocks * BLOCK + have) + " the compressed data end or break";
    }
    position = blocks == 0 ? HEADER : 0;
    filled = have;
    blocks++;
    return filled - position >= CHUNK_HEADER;
  }

  byte[] payload() {
    return record;
  }

  int length() {
    return length;
  }

  /** What is wrong with the file, in words. */
  List<String> faults() {
    List<String> found = new ArrayList<>();
    if (wrong > 0) {
      found.add(
          wrong + " chunks with a wrong checksum passed over, the first at byte " + firstWrong);
    }
    if (tooLong) {
      found.add("records of more than " + (MAX_RECORD >> 20) + " MB passed over");
    }
    if (damage != null) {
      found.add(damage);
    } else if (cut) {
      found.add("the last record is cut: the run was killed while writing it, or is still running");
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
