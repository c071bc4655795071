package org.aitia.evidence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a reader sees of a file to decide whether it is one of its own.
 *
 * @param name the file's name without its folder and without {@code .gz}, in lower case
 * @param bytes the first bytes, uncompressed; at most {@link #SIZE}
 * @param path where the file lies, for formats that are known by what lies beside them
 */
public record Head(String name, byte[] bytes, Path path) {
  public static final int SIZE = 16_384;

  public Head {
    name = name.toLowerCase(Locale.ROOT);
  }

  /** A file that lies nowhere. */
  Head(String name, byte[] bytes) {
    this(name, bytes, Path.of(name));
  }

  /** The first bytes as text, a byte-order mark left out. */
  public String text() {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** The first line that is not blank, as far as it was read. */
  public String firstLine() {
    return text().lines().filter(l -> !l.isBlank()).findFirst().orElse("").strip();
  }

  /** Whether the bytes are all of the file. */
  public boolean isWhole() {
    return bytes.length < SIZE;
  }

  /** Whether the bytes are text: no zero bytes among them. */
  public boolean isText() {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
