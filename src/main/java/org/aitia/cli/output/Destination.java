package org.aitia.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Where results go: standard output, or a file with its pictures beside it. */
public final class Destination implements AutoCloseable {
  private final Path file;
  private final OutputFile written;
  private final Watched watched;
  private final PrintWriter out;
  private final Format format;
  private final boolean many;
  private boolean begun;

  private Destination(Path file, PrintWriter standard, Format format, boolean many)
      throws NotWritten {
    this.file = file;
    this.written = file == null ? null : OutputFile.open(file);
    this.watched = written == null ? null : new Watched(written.stream());
    this.out =
        watched == null
            ? standard
            : new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(watched, StandardCharsets.UTF_8)));
    this.format = format;
    this.many = many;
  }

  /**
   * Opens the destination, so that one that cannot be written is known before any work is done.
   *
   * @param file null for standard output
   */
  public static Destination of(Path file, PrintWriter standard, Format format, boolean many)
      throws NotWritten {
    return new Destination(file, standard, format, many);
  }

  /**
   * What stands in front of the names of a report's pictures, relative to the report; null where
   * there can be none.
   *
   * @param index which of several reports
   */
  public String pictures(int index) {
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
  public boolean write(String text, Map<String, String> pictures) {
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
        OutputFile.writeBelow(file.resolveSibling(picture.getKey()), picture.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return !out.checkError();
  }

  /** Ends the result, and puts the file in its place. */
  public void finish() throws NotWritten {
    if (many && format == Format.json && begun) {
      out.println("]");
    }
    out.flush();
    if (file == null) {
      return; // of standard output the program tells at its end
    }
    if (watched.failure() != null) {
      throw new NotWritten(file.toString(), watched.failure());
    }
    written.finish();
  }

  @Override
  public void close() throws IOException {
    if (written != null) {
      written.close();
    }
  }
}
