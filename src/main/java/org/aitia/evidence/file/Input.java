package org.aitia.evidence.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.vocabulary.Vocabulary;

/** A file of a run, opened with the limits that hostile files need. */
public final class Input {
  /** A compressed file may grow to this many bytes whatever its ratio. */
  static final long FREE_EXPANSION = 64L << 20;

  /** Beyond that, expansion past this ratio is refused: text logs reach 30, bombs 1,000. */
  static final int MAX_RATIO = 200;

  private static final long REPORT_EVERY = 1 << 20;

  private final Path path;
  private final String name;
  private final Progress progress;
  private final Vocabulary vocabulary;
  private Head head;

  /**
   * A file.
   *
   * @param name path relative to the run's folder, for messages and sources
   * @param vocabulary what the names in it stand for
   */
  public Input(Path path, String name, Progress progress, Vocabulary vocabulary) {
    this.path = path;
    this.name = name;
    this.progress = progress;
    this.vocabulary = vocabulary;
  }

  /** Another file, which tells something of this one. */
  public Input beside(Path file, String name) {
    return new Input(file, name, Progress.NONE, vocabulary);
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Path path() {
    return path;
  }

  public String name() {
    return name;
  }

  /** Bytes of the file as it lies there, compressed or not. */
  public long size() throws IOException {
    return Files.size(path);
  }

  /** Opens the file, uncompressed when it is gzip by its first bytes. The caller closes it. */
  public InputStream open() throws IOException {
    Counter raw = new Counter(Files.newInputStream(path), size());
    try {
      return uncompressed(raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Opens the file as text: uncompressed, and in UTF-8 whatever it was written in. The caller
   * closes it.
   */
  public InputStream text() throws IOException {
    return new Utf8(open());
  }

  /**
   * Opens the file as a zip archive. The caller closes it.
   *
   * @throws IOException when it is damaged, or compressed once more
   */
  public ZipFile zip() throws IOException {
    try (Alias alias = Alias.of(seekable())) {
      return new ZipFile(alias.file());
    } catch (ZipException e) {
      throw new IOException("is a damaged archive: " + Mappings.first(e.getMessage()), e);
    } catch (EOFException e) {
      throw new IOException("is a damaged archive: its list of entries is cut", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("is a damaged archive: a name in it is no text", e);
    }
  }

  /**
   * The path of the file, for readers that go back and forth in it.
   *
   * @throws IOException when it is gzip, where that is not possible
   */
  public Path seekable() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      if (in.read() == 0x1f && in.read() == 0x8b) {
        throw new IOException("is compressed: uncompress it (gunzip) to have it read");
      }
    }
    return path;
  }

  private static InputStream uncompressed(Counter raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
    buffered.mark(2);
    int first = buffered.read();
    int second = buffered.read();
    buffered.reset();
    if (first == 0x1f && second == 0x8b) {
      try {
        return new Bounded(new GZIPInputStream(buffered, 1 << 16), raw);
      } catch (EOFException e) {
        throw new IOException("is damaged: the compressed data break", e);
      }
    }
    return buffered;
  }

  /** The first bytes, uncompressed; fewer when compressed data break off. */
  public Head head() throws IOException {
    if (head == null) {
      head = read();
    }
    return head;
  }

  private Head read() throws IOException {
    String base = path.getFileName().toString();
    try (InputStream in = new Whole(open())) {
      return new Head(
          base.endsWith(".gz") ? base.substring(0, base.length() - 3) : base,
          in.readNBytes(Head.SIZE),
          path,
          vocabulary);
    }
  }

  private final class Counter extends FilterInputStream {
    private final long total;
    private long done;
    private long reported;

    Counter(InputStream in, long total) {
      super(in);
      this.total = total;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) {
      done += n;
      if (done - reported >= REPORT_EVERY) {
        reported = done;
        progress.at(name, done, total);
      }
    }
  }

  private static final class Bounded extends FilterInputStream {
    private final Counter raw;
    private long produced;

    Bounded(InputStream in, Counter raw) {
      super(in);
      this.raw = raw;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count(Math.max(n, 0));
      return n;
    }

    private void count(int n) throws IOException {
      produced += n;
      if (produced > FREE_EXPANSION && produced > MAX_RATIO * raw.done) {
        throw new IOException(
            "expands to more than "
                + MAX_RATIO
                + " times its size: refused as a possible gzip bomb; "
                + "uncompress it yourself if it is genuine");
      }
    }
  }
}
