package org.aitia.evidence.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.aitia.limit.Budget;

/**
 * A text as UTF-8, whatever it was written in: UTF-8 and UTF-16 with and without their mark, GBK
 * where the first bytes that are no UTF-8 are Chinese, and what is none of these, byte by byte, as
 * Windows' Latin letters, which PowerShell and old editors leave. The mark itself is left out.
 */
public final class Utf8 extends InputStream {
  private static final int CHUNK = 1 << 13;

  /** A byte becomes three at most. */
  private static final int WIDEST = 3;

  private static final int REPLACEMENT = 0xfffd;

  private static final Charset CHINESE = Charset.forName("GBK");

  /** What stands for the bytes from 0x80 on that are no UTF-8. */
  private static final byte[][] LATIN = TextEncoding.latin();

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private final byte[] out = new byte[(CHUNK + 8) * WIDEST];
  private int position;
  private int filled;
  private TextEncoding encoding;
  private IOException later;

  /** Whether a byte was no UTF-8, and whether it was then judged to be a Latin letter. */
  private boolean foreign;

  private boolean western;
  private boolean ended;

  /** Bytes of a character that the chunk before began. */
  private final byte[] open = new byte[4];

  private int opened;
  private int surrogate;

  Utf8(InputStream in) {
    this.in = in;
  }

  /** The text that the bytes hold; they may break off within a character. */
  static String decode(byte[] bytes) {
    try (Utf8 text = new Utf8(new ByteArrayInputStream(bytes))) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory do not fail
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == filled) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int n = Math.min(length, filled - position);
    System.arraycopy(out, position, into, offset, n);
    position += n;
    return n;
  }

  @Override
  public int available() throws IOException {
    return filled - position;
  }

  private void fill() throws IOException {
    if (later != null) {
      IOException e = later;
      later = null;
      throw e;
    }
    Budget.step();
    position = 0;
    filled = 0;
    boolean begins = encoding == null;
    int got = begins ? begin() : in.read(chunk);
    int from = 0;
    if (begins) {
      encoding = TextEncoding.of(chunk, Math.min(Math.max(got, 0), TextEncoding.LOOKED_AT));
      boolean marked =
          got >= 3
              && (chunk[0] & 0xff) == 0xef
              && (chunk[1] & 0xff) == 0xbb
              && (chunk[2] & 0xff) == 0xbf;
      from = marked ? 3 : 0;
    }
    for (int i = from; i < got; i++) {
      boolean undecided = encoding == TextEncoding.UTF_8 && !western;
      take(chunk[i]);
      if (undecided && foreign) {
        western =
            !TextEncoding.isChinese(java.util.Arrays.copyOfRange(chunk, from, got), got - from);
        encoding = western ? TextEncoding.UTF_8 : TextEncoding.GBK;
        if (!western) {
          i = from - 1; // the chunk is taken anew
          filled = 0;
          opened = 0;
        }
      }
    }
    if (got < 0 || got == 0 && begins) {
      finish();
    }
  }

  /** Enough to tell the encoding by, or what there is. */
  private int begin() throws IOException {
    int have = 0;
    try {
      while (have < TextEncoding.LOOKED_AT) {
        int n = in.read(chunk, have, chunk.length - have);
        if (n < 0) {
          break;
        }
        have += n;
      }
    } catch (IOException e) {
      if (have == 0) {
        throw e;
      }
      later = e;
    }
    return have;
  }

  private void take(byte b) {
    if (encoding == TextEncoding.UTF_8) {
      eight(b);
    } else if (encoding == TextEncoding.GBK) {
      chinese(b);
    } else {
      open[opened++] = b;
      if (opened == 2) {
        opened = 0;
        boolean little = encoding == TextEncoding.UTF_16LE;
        sixteen(((little ? open[1] : open[0]) & 0xff) << 8 | (little ? open[0] : open[1]) & 0xff);
      }
    }
  }

  private void chinese(byte b) {
    if (opened == 0 && b >= 0) {
      out[filled++] = b;
      return;
    }
    open[opened++] = b;
    if (opened == 2) {
      opened = 0;
      new String(open, 0, 2, CHINESE).codePoints().forEach(this::put);
    }
  }

  private void eight(byte b) {
    if (opened == 0 && b >= 0) {
      out[filled++] = b;
      return;
    }
    open[opened++] = b;
    int right = rightSoFar();
    if (right == opened && opened == TextEncoding.length(open[0])) {
      System.arraycopy(open, 0, out, filled, opened);
      filled += opened;
      opened = 0;
    } else if (right < opened) {
      broken();
    }
  }

  /**
   * The first byte is no UTF-8: it is a letter of its own, and those after it are looked at anew.
   */
  private void broken() {
    byte[] again = java.util.Arrays.copyOfRange(open, 1, opened);
    latin(open[0]);
    opened = 0;
    for (byte b : again) {
      eight(b);
    }
  }

  private void latin(byte b) {
    foreign = true;
    byte[] letter = LATIN[b & 0x7f];
    System.arraycopy(letter, 0, out, filled, letter.length);
    filled += letter.length;
  }

  /** How many of the open bytes can begin a character. */
  private int rightSoFar() {
    int length = TextEncoding.length(open[0]);
    if (length == 0) {
      return 0;
    }
    for (int i = 1; i < opened; i++) {
      int b = open[i] & 0xff;
      int least = i > 1 ? 0x80 : TextEncoding.least(open[0] & 0xff);
      int most = i > 1 ? 0xbf : TextEncoding.most(open[0] & 0xff);
      if (b < least || b > most) {
        return i;
      }
    }
    return opened;
  }

  private void sixteen(int unit) {
    boolean low = unit >= 0xdc00 && unit < 0xe000;
    if (surrogate != 0) {
      int high = surrogate;
      surrogate = 0;
      if (low) {
        put(Character.toCodePoint((char) high, (char) unit));
        return;
      }
      put(REPLACEMENT);
    }
    if (unit >= 0xd800 && unit < 0xdc00) {
      surrogate = unit;
    } else if (unit != 0xfeff) {
      put(low ? REPLACEMENT : unit);
    }
  }

  private void put(int c) {
    if (c < 0x80) {
      out[filled++] = (byte) c;
    } else if (c < 0x800) {
      out[filled++] = (byte) (0xc0 | c >> 6);
      out[filled++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      out[filled++] = (byte) (0xe0 | c >> 12);
      out[filled++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[filled++] = (byte) (0x80 | c & 0x3f);
    } else {
      out[filled++] = (byte) (0xf0 | c >> 18);
      out[filled++] = (byte) (0x80 | c >> 12 & 0x3f);
      out[filled++] = (byte) (0x80 | c >> 6 & 0x3f);
      out[filled++] = (byte) (0x80 | c & 0x3f);
    }
  }

  /** What is left open at the end is no whole character. */
  private void finish() {
    ended = true;
    if (encoding == TextEncoding.UTF_16LE || encoding == TextEncoding.UTF_16BE) {
      if (surrogate != 0 || opened > 0) {
        put(REPLACEMENT);
      }
      return;
    }
    for (int i = 0; i < opened; i++) {
      if (open[i] < 0) {
        latin(open[i]);
      } else {
        out[filled++] = open[i];
      }
    }
    opened = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
