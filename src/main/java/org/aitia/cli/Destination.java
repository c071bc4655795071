package org.aitia.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where results go: standard output, or a file with its pictures beside it. */
final class Destination implements AutoCloseable {
  private final Path file;
  private final PrintWriter out;
  private final Format format;
  private final boolean many;
  private boolean begun;

  private Destination(Path file, PrintWriter out, Format format, boolean many) {
    this.file = file;
    this.out = out;
    this.format = format;
    this.many = many;
  }

  /**
   * Opens the destination, so that one that cannot be written is known before any work is done.
   *
   * @param file null for standard output
   */
  static Destination of(Path file, PrintWriter standard, Format format, boolean many)
      throws IOException {
    PrintWriter out =
        file == null
            ? standard
            : new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    return new Destination(file, out, format, many);
  }

  /**
   * What stands in front of the names of a report's pictures, relative to the report; null where
   * there can be none.
   *
   * @param index which of several reports
   */
  String pictures(int index) {
    if (file == null || format != Format.markdown) {
      return null;
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name) + ".assets/" + (many ? index + 1 + "-" : "");
  }

  /**
   * Writes one result.
   *
   * @param pictures by path relative to the report
   * @return whether more can be written: false when nobody reads any more
   */
  boolean write(String text, Map<String, String> pictures) {
    if (text.isEmpty()) {
      return true;
    }
    if (many && format == Format.json) {
      out.print(begun ? "," : "[");
    } else if (begun && format != Format.jsonl) {
      out.println();
    }
    begun = true;
    out.print(text);
    try {
      for (Map.Entry<String, String> picture : pictures.entrySet()) {
        Path at = file.resolveSibling(picture.getKey());
        Files.createDirectories(at.getParent());
        Files.writeString(at, picture.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !out.checkError();
  }

  @Override
  public void close() throws IOException {
    if (many && format == Format.json && begun) {
      out.println("]");
    }
    boolean broken = out.checkError();
    if (file != null) {
      out.close();
      if (broken) {
        throw new IOException(file + ": could not be written whole; is the disk full?");
      }
    }
  }
}
