package org.aitia.evidence.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a text is encoded. */
enum TextEncoding {
  UTF_8,
  UTF_16LE,
  UTF_16BE,
  GBK;

  /** Bytes that encodings without a mark are told by. */
  static final int LOOKED_AT = 512;

  /** Pairs of Chinese characters that tell the encoding. */
  private static final int PAIRS = 6;

  private static final int MOSTLY = 8;

  /** Whether bytes are text in UTF-16, which is full of zeros, as no other text is. */
  static boolean isWide(byte[] bytes) {
    return of(bytes, Math.min(bytes.length, LOOKED_AT)) != UTF_8;
  }

  /**
   * Judged by the first bytes.
   *
   * @param length how many of them count
   */
  static TextEncoding of(byte[] bytes, int length) {
    if (length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return UTF_16LE;
    }
    if (length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return UTF_16BE;
    }
    if (isPlainBesideZeros(bytes, length, 1)) {
      return UTF_16LE;
    }
    return isPlainBesideZeros(bytes, length, 0) ? UTF_16BE : UTF_8;
  }

  /**
   * Whether bytes that are no UTF-8 are Chinese in GBK: the bytes past ASCII come in pairs, most of
   * them of the common characters, as those of Latin letters hardly ever do.
   *
   * @param length how many of them count
   */
  static boolean isChinese(byte[] bytes, int length) {
    int common = 0;
    int other = 0;
    int i = 0;
    while (i + 1 < length) {
      int lead = bytes[i] & 0xff;
      int trail = bytes[i + 1] & 0xff;
      if (lead < 0x80) {
        i++;
      } else if (lead > 0x80 && lead < 0xff && trail >= 0x40 && trail != 0x7f && trail < 0xff) {
        boolean usual =
            (lead >= 0xb0 && lead <= 0xd7 || lead == 0xa3 || lead == 0xa1) && trail > 0xa0;
        common += usual ? 1 : 0;
        other += usual ? 0 : 1;
        i += 2;
      } else {
        other++;
        i++;
      }
    }
    return common >= PAIRS && common > MOSTLY * other;
  }

  /** Whether most pairs are a zero and a plain letter: what logs and settings are made of. */
  private static boolean isPlainBesideZeros(byte[] bytes, int length, int zeroAt) {
    int pairs = length / 2;
    int plain = 0;
    int odd = 0;
    for (int i = 0; i < pairs; i++) {
      byte zero = bytes[2 * i + zeroAt];
      byte letter = bytes[2 * i + 1 - zeroAt];
      boolean written =
          letter >= ' '
              || letter == '\n'
              || letter == '\r'
              || letter == '\t'
              || (letter & 0xff) >= 0xa0;
      plain += zero == 0 && written ? 1 : 0;
      odd += zero == 0 && !written ? 1 : 0;
    }
    return pairs >= 4 && odd == 0 && plain > 0.7 * pairs;
  }

  /** Bytes of the character that a byte begins; 0 when it begins none. */
  static int length(byte first) {
    int b = first & 0xff;
    return b < 0xc2 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf5 ? 4 : 0;
  }

  /**
   * Longer forms than needed are no UTF-8, nor are surrogates and what lies past the last plane.
   */
  static int least(int first) {
    return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  }

  static int most(int first) {
    return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  }

  /** What stands for the bytes from 0x80 on where they are Windows' Latin letters. */
  static byte[][] latin() {
    Charset windows = Charset.forName("windows-1252");
    byte[][] found = new byte[128][];
    for (int i = 0; i < found.length; i++) {
      found[i] =
          new String(new byte[] {(byte) (i + 128)}, windows).getBytes(StandardCharsets.UTF_8);
    }
    return found;
  }
}
