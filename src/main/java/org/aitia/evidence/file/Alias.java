package org.aitia.evidence.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A name for a file that libraries can open which take names as text: one that is not in the
 * system's encoding is no text, so such a file is reached by a link.
 */
public final class Alias implements AutoCloseable {
  private final Path folder;
  private final Path path;

  private Alias(Path folder, Path path) {
    this.folder = folder;
    this.path = path;
  }

  public static Alias of(Path path) throws IOException {
    if (path.toFile().toPath().equals(path)) {
      return new Alias(null, path);
    }
    Path folder = Files.createTempDirectory("aitia-");
    Path link = folder.resolve("file");
    return new Alias(folder, Files.createSymbolicLink(link, path.toAbsolutePath()));
  }

  public Path path() {
    return path;
  }

  File file() {
    return path.toFile();
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(folder);
    }
  }
}
