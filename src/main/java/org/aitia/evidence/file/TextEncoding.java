package org.aitia.evidence.file;

/** How a text is encoded. */
enum TextEncoding {
  UTF_8,
  UTF_16LE,
  UTF_16BE;

  /** Bytes that encodings without a mark are told by. */
  static final int LOOKED_AT = 512;

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
}
