package org.aitia.evidence.file;

import java.nio.file.Path;
import java.util.Locale;
import org.aitia.evidence.vocabulary.Vocabulary;

/** What a reader sees of a file to decide whether it is one of its own. */
public final class Head {
  public static final int SIZE = 16_384;

  private final String name;
  private final byte[] bytes;
  private final Path path;
  private final Vocabulary vocabulary;
  private String text;

  /**
   * The beginning of a file.
   *
   * @param name the file's name without its folder and without {@code .gz}
   * @param bytes the first bytes, uncompressed; at most {@link #SIZE}
   * @param path where the file lies, for formats that are known by what lies beside them
   * @param vocabulary what the names in it stand for
   */
  public Head(String name, byte[] bytes, Path path, Vocabulary vocabulary) {
    this.name = name.toLowerCase(Locale.ROOT);
    this.bytes = bytes;
    this.path = path;
    this.vocabulary = vocabulary;
  }

  /** A file that lies nowhere. */
  public Head(String name, byte[] bytes) {
    this(name, bytes, Path.of(name), Vocabulary.base());
  }

  /** The file's name in lower case. */
  public String name() {
    return name;
  }

  public byte[] bytes() {
    return bytes;
  }

  public Path path() {
    return path;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Another file, which tells something of this one. */
  public Input beside(Path file) {
    return new Input(file, file.getFileName().toString(), Progress.NONE, vocabulary);
  }

  /** The first bytes as text, whatever its encoding; a byte-order mark is left out. */
  public String text() {
    if (text == null) {
      text = Utf8.decode(bytes);
    }
    return text;
  }

  /** The first line that is not blank, as far as it was read. */
  public String firstLine() {
    return text().lines().filter(l -> !l.isBlank()).findFirst().orElse("").strip();
  }

  /** Whether the bytes are all of the file. */
  public boolean isWhole() {
    return bytes.length < SIZE;
  }

  /** Whether the bytes are text: no zero bytes among them but those of UTF-16. */
  public boolean isText() {
    if (TextEncoding.isWide(bytes)) {
      return true;
    }
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
