package org.aitia.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A kept run that lies in a folder of this machine for the time. */
public final class Laid implements AutoCloseable {
  private final Path folder;

  private Laid(Path folder) {
    this.folder = folder;
  }

  /** It cannot be had from its keeper; the message says why. */
  public static final class NotHad extends IOException {
    private static final long serialVersionUID = 1L;

    NotHad(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Fetches a run.
   *
   * @throws NotHad when it cannot be had
   */
  public static Laid of(Kept run) throws IOException {
    Laid laid = new Laid(Files.createTempDirectory("aitia-"));
    try {
      run.layDown(laid.folder);
      return laid;
    } catch (IOException e) {
      laid.close();
      throw new NotHad(e);
    } catch (RuntimeException | Error e) {
      laid.close();
      throw e;
    }
  }

  /** Its files. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
