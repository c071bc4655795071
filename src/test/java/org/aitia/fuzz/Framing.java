package org.aitia.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Puts the parts of an input into the frame of a format, with right checksums: bytes changed at
 * random would never come past those.
 */
final class Framing {
  private static final int BLOCK = 32_768;
  private static final int CHUNK_HEADER = 7;

  private Framing() {}

  /** The framing of a format; null when it has none. */
  static Function<List<Part>, byte[]> of(String format) {
    return switch (format) {
      case "pytorch", "keras", "numpy" -> Framing::zip;
      case "tensorboard", "mindspore" -> Framing::records;
      case "wandb" -> Framing::chunks;
      default -> null;
    };
  }

  private static byte[] zip(List<Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      for (Part part : parts) {
        try {
          zip.putNextEntry(new ZipEntry(part.name()));
          zip.write(part.content());
        } catch (IOException | IllegalArgumentException e) {
          // a second entry of the same name, which this writer refuses
        }
      }
    } catch (IOException e) {
      return new byte[0];
    }
    return bytes.toByteArray();
  }

  private static byte[] records(List<Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      byte[] length = little(8).putLong(part.content().length).array();
      bytes.writeBytes(length);
      bytes.writeBytes(little(4).putInt(masked(length)).array());
      bytes.writeBytes(part.content());
      bytes.writeBytes(little(4).putInt(masked(part.content())).array());
    }
    return bytes.toByteArray();
  }

  private static int masked(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
  }

  private static byte[] chunks(List<Part> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {':', 'W', '&', 'B', (byte) 0xe1, (byte) 0xbe, 0});
    for (Part part : parts) {
      int size = Math.min(part.content().length, BLOCK - 2 * CHUNK_HEADER);
      int left = BLOCK - bytes.size() % BLOCK;
      if (left < size + CHUNK_HEADER) {
        bytes.writeBytes(new byte[left]);
      }
      byte[] chunk = new byte[size + 1];
      chunk[0] = 1; // a whole record
      System.arraycopy(part.content(), 0, chunk, 1, size);
      CRC32 sum = new CRC32();
      sum.update(chunk);
      bytes.writeBytes(little(6).putInt((int) sum.getValue()).putShort((short) size).array());
      bytes.writeBytes(chunk);
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether an input is in parts. */
  static boolean isParts(byte[] input) {
    return input.length > 4 && Arrays.equals(input, 0, 4, "@@@ ".getBytes(), 0, 4);
  }
}
