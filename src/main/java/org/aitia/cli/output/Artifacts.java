package org.aitia.cli.output;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The files of a run as URIs, relative to the working directory where they lie below it. */
public final class Artifacts {
  private static final URI HERE = Path.of("").toAbsolutePath().toUri();

  private Artifacts() {}

  /**
   * The files of one run, by their names in it; the empty name is the run itself.
   *
   * @param run file or folder; null where no file holds it
   */
  public static UnaryOperator<String> of(Path run) {
    if (run == null) {
      return file -> file.isEmpty() ? "." : encoded(file);
    }
    boolean folder = Files.isDirectory(run);
    return file -> {
      try {
        return uri(file.isEmpty() ? run : folder ? run.resolve(file) : run.resolveSibling(file));
      } catch (InvalidPathException e) {
        return encoded(file);
      }
    };
  }

  /** Names that are no text keep their bytes. */
  private static String uri(Path path) {
    URI below = HERE.relativize(path.toAbsolutePath().normalize().toUri());
    if (below.isAbsolute()) {
      return below.toASCIIString();
    }
    String text = below.toASCIIString();
    if (text.isEmpty()) {
      return ".";
    }
    // A name with a colon would be read as the scheme of an address.
    int slash = text.indexOf('/');
    return text.lastIndexOf(':', slash < 0 ? text.length() : slash) >= 0 ? "./" + text : text;
  }

  private static String encoded(String file) {
    return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }
}
