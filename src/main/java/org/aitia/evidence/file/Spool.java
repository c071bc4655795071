package org.aitia.evidence.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.limit.Budget;

/**
 * What can be read once only, such as a pipe, laid down in a file for the time: readers look at the
 * beginning first, and some go back and forth.
 */
public final class Spool implements AutoCloseable {
  /** Standard input, as a path. */
  static final String STANDARD_INPUT = "-";

  /** Bytes that are taken at most. */
  static final long MOST = 512L << 20;

  private final Path folder;
  private final Path file;

  private Spool(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /** Whether a path is of something that is no file and no folder. */
  public static boolean needed(Path path) {
    return isStandardInput(path)
        || Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  public static boolean isStandardInput(Path path) {
    return path.toString().equals(STANDARD_INPUT);
  }

  /**
   * Reads to the end of what lies at the path.
   *
   * @throws IOException when it cannot be read, or is larger than {@link #MOST}
   */
  public static Spool of(Path path) throws IOException {
    Path folder = Files.createTempDirectory("aitia-");
    // what was printed is what most often comes through a pipe
    Path file = folder.resolve("stdin.log");
    try (InputStream in = isStandardInput(path) ? System.in : Files.newInputStream(path);
        OutputStream out = Files.newOutputStream(file)) {
      copy(in, out);
      return new Spool(folder, file);
    } catch (IOException | RuntimeException | Error e) {
      new Spool(folder, file).close();
      throw e;
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] some = new byte[1 << 16];
    long all = 0;
    for (int n = in.read(some); n >= 0; n = in.read(some)) {
      Budget.step();
      all += n;
      if (all > MOST) {
        throw new IOException(
            "gives more than "
                + (MOST >> 20)
                + " MB: save it to a file, and give that as the PATH");
      }
      out.write(some, 0, n);
    }
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(folder);
  }
}
