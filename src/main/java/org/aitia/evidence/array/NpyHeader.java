package org.aitia.evidence.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.tensor.ElementType;

/**
 * The head of an array that numpy saved, and how its numbers are read. Arrays of Python objects are
 * pickles, which can hold code: they are refused.
 *
 * @param kind {@code f}, {@code i}, {@code u} or {@code b}
 * @param size bytes a number
 */
public record NpyHeader(char kind, int size, ByteOrder order, boolean fortran, long[] shape) {
  public static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final int MAX_DIMENSIONS = 8;

  /** More values are in no file: their bytes would not be countable. */
  private static final double MAX_VALUES = 1e15;

  private static final Pattern DESCRIPTION =
      Pattern.compile("'descr'\\s*:\\s*(?:'([<>|=]?)([a-zA-Z])(\\d{0,9})'|(\\[))");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d, L]{0,200})\\)");

  /** Reads the head; the stream then stands at the first number. */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !java.util.Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("is no numpy array");
    }
    int bytes = start[MAGIC.length] >= 2 ? Integer.BYTES : Short.BYTES;
    byte[] counted = in.readNBytes(bytes);
    if (counted.length < bytes) {
      throw new IOException("is cut within its head");
    }
    ByteBuffer count = ByteBuffer.wrap(counted).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes == 2 ? count.getShort() & 0xffff : count.getInt() & 0xffffffffL;
    if (length > MAX_HEADER) {
      throw new IOException("claims a head of " + length + " bytes, more than an array has");
    }
    byte[] head = in.readNBytes((int) length);
    if (head.length < length) {
      throw new IOException("is cut within its head");
    }
    return of(new String(head, StandardCharsets.ISO_8859_1));
  }

  private static NpyHeader of(String text) throws IOException {
    Matcher type = DESCRIPTION.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !shape.find()) {
      throw new IOException("has a head that numpy does not write");
    }
    if (type.group(4) != null) {
      throw new IOException("is a structured array, which is not read: save its columns apart");
    }
    char kind = type.group(2).charAt(0);
    if (kind == 'O') {
      throw new IOException(
          "holds Python objects (pickle), which can run code and are never loaded:"
              + " save it with a number type");
    }
    int size = type.group(3).isEmpty() ? 0 : Integer.parseInt(type.group(3));
    boolean known =
        kind == 'f' && (size == 2 || size == 4 || size == 8)
            || (kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8)
            || kind == 'b' && size == 1;
    if (!known) {
      throw new IOException("is of the type " + kind + size + ", which is not read");
    }
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(kind, size, order, FORTRAN.matcher(text).find(), shape(shape.group(1)));
  }

  private static long[] shape(String text) throws IOException {
    String plain = text.replace("L", "").replace(" ", "");
    if (plain.isEmpty()) {
      return new long[0];
    }
    String[] parts = plain.split(",");
    if (parts.length > MAX_DIMENSIONS) {
      throw new IOException("has " + parts.length + " dimensions");
    }
    long[] shape = new long[parts.length];
    double all = 1;
    for (int i = 0; i < parts.length; i++) {
      try {
        shape[i] = Long.parseLong(parts[i]);
      } catch (NumberFormatException e) {
        throw new IOException("has a head that numpy does not write", e);
      }
      all *= Math.max(1, shape[i]); // a dimension of none hides nothing
    }
    if (all > MAX_VALUES) {
      throw new IOException("claims more values than any file holds");
    }
    return shape;
  }

  /** Number of rows: the first dimension. */
  long rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** Values a row. */
  long width() {
    long width = 1;
    for (int i = 1; i < shape.length; i++) {
      width *= shape[i];
    }
    return width;
  }

  /** The number at a place of a buffer in the array's byte order. */
  double number(ByteBuffer buffer) {
    return switch (kind) {
      case 'f' ->
          size == 8
              ? buffer.getDouble()
              : size == 4 ? buffer.getFloat() : ElementType.half(buffer.getShort());
      case 'b' -> buffer.get() == 0 ? 0 : 1;
      default -> whole(buffer);
    };
  }

  private double whole(ByteBuffer buffer) {
    boolean signed = kind == 'i';
    return switch (size) {
      case 1 -> signed ? buffer.get() : buffer.get() & 0xff;
      case 2 -> signed ? buffer.getShort() : buffer.getShort() & 0xffff;
      case 4 -> signed ? buffer.getInt() : buffer.getInt() & 0xffffffffL;
      default -> signed ? buffer.getLong() : unsigned(buffer.getLong());
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1) * 2.0;
  }
}
