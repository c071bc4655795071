package org.aitia.service.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.aitia.limit.Budget;
import org.aitia.service.Digests;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.Settings;

/** The files of one upload on their way to disk, each counted and held to its place. */
final class Unpacking {
  /** Below this, no ratio tells a bomb from a small log. */
  private static final long FREE = 16L << 20;

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final long limit;
  private final Settings.Upload bounds;
  private final MessageDigest digest = Digests.sha256();
  private final List<String> labels = new ArrayList<>();
  private LongSupplier packed;
  private long unpackedFrom;
  private long bytes;
  private int count;
  private String last;

  Unpacking(Path folder, long limit, Settings.Upload bounds) {
    this.folder = folder;
    this.limit = limit;
    this.bounds = bounds;
  }

  int count() {
    return count;
  }

  /** Name of the file added last. */
  String last() {
    return last;
  }

  /** Notes a label, {@code name=value}; an empty one is none. */
  void label(String label) {
    if (!label.isBlank()) {
      labels.add(label);
    }
  }

  Map<String, String> labels() {
    return Labels.of(labels);
  }

  String fingerprint() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * What is added from now on comes out of a zip.
   *
   * @param read tells how many bytes of the zip were read; null when it is at its end
   */
  void unpackFrom(LongSupplier read) {
    packed = read;
    unpackedFrom = bytes;
  }

  /** Adds a file. The stream is not closed. */
  void add(String name, InputStream content) throws IOException {
    if (++count > bounds.maxFiles()) {
      throw Problem.of(
          413, "too-many-files", "a body may hold " + bounds.maxFiles() + " files at most");
    }
    Path file = place(name);
    last = folder.relativize(file).toString().replace('\\', '/');
    parents(file);
    digest.update((last + "\0").getBytes(StandardCharsets.UTF_8));
    byte[] buffer = new byte[BUFFER];
    try (var out =
        Files.newOutputStream(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        Budget.step();
        bytes += n;
        if (bytes > limit) {
          throw Problem.tooLarge(limit);
        }
        if (packed != null
            && bytes - unpackedFrom > FREE
            && bytes - unpackedFrom > bounds.maxRatio() * packed.getAsLong()) {
          throw Problem.file(
              413,
              "expands-too-much",
              last,
              "unpacks to more than " + bounds.maxRatio() + " times the size of the zip");
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw Problem.file(
          400,
          "malformed-body",
          last,
          Files.isDirectory(file) ? "is a folder of other files too" : "was sent twice");
    }
    digest.update((byte) 1);
  }

  /** Makes the folders above a file, where none of them is a file already. */
  private void parents(Path file) throws IOException {
    for (Path above = file.getParent(); !above.equals(folder); above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        throw Problem.file(
            400, "malformed-body", last, "lies in a folder whose name is that of another file");
      }
    }
    Files.createDirectories(file.getParent());
  }

  /** The place of a file below the folder, and nowhere else. */
  private Path place(String name) {
    String plain = name.replace('\\', '/');
    try {
      Path relative = Path.of(plain).normalize();
      Path file = folder.resolve(relative).normalize();
      boolean climbs =
          plain.indexOf('\0') >= 0
              || plain.startsWith("/")
              || plain.matches("[A-Za-z]:.*")
              || java.util.Arrays.asList(plain.split("/")).contains("..")
              || relative.toString().isEmpty()
              || !file.startsWith(folder)
              || file.equals(folder);
      if (climbs) {
        throw Problem.file(
            400, "forbidden-name", shown(name), "the name leads out of the run's folder");
      }
      if (relative.getNameCount() > bounds.maxDepth()) {
        throw Problem.file(
            400, "too-deep", shown(name), "lies deeper than " + bounds.maxDepth() + " folders");
      }
      for (Path part : relative) {
        if (part.toString().getBytes(StandardCharsets.UTF_8).length > 255) {
          throw Problem.file(400, "forbidden-name", shown(name), "the name is too long");
        }
      }
      return file;
    } catch (java.nio.file.InvalidPathException e) {
      throw Problem.file(400, "forbidden-name", shown(name), "is no name of a file");
    }
  }

  private static String shown(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
  }
}
