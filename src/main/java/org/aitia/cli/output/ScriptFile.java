package org.aitia.cli.output;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A script that a patch is written to: kept as it was beside it, and changed by the patch alone.
 */
public final class ScriptFile {
  private static final String MARK = "\uFEFF";

  /** What became of it. */
  public enum Outcome {
    WRITTEN,
    /** it reads otherwise than when the patch was made, or not as UTF-8 */
    CHANGED,
    /** it was kept before: what lies there is not written over */
    KEPT_BEFORE;

    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private ScriptFile() {}

  /** Where a script is kept as it was. */
  public static Path kept(Path file) {
    return file.resolveSibling(file.getFileName() + ".orig");
  }

  /**
   * Writes other lines in the place of those of a script, with its line ends.
   *
   * @throws IOException when it cannot be read or written; then it is as it was
   */
  public static Outcome replace(Path file, List<String> before, List<String> after)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Outcome.CHANGED;
    }
    String mark = text.startsWith(MARK) ? MARK : "";
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    if (!text.equals(mark + String.join(end, before))) {
      return Outcome.CHANGED;
    }
    try {
      Files.copy(file, kept(file));
    } catch (FileAlreadyExistsException e) {
      return Outcome.KEPT_BEFORE;
    }
    OutputFile.write(file, mark + String.join(end, after));
    return Outcome.WRITTEN;
  }
}
