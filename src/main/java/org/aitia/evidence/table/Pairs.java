package org.aitia.evidence.table;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.aitia.run.data.SavedArray;

/**
 * Inputs and targets that lie in files or arrays of their own, told by their names: {@code x_train}
 * and {@code y_train}, {@code test_features} and {@code test_labels}.
 */
public final class Pairs {
  private static final Set<String> INPUTS =
      Set.of(
          "x",
          "xs",
          "feature",
          "features",
          "data",
          "input",
          "inputs",
          "image",
          "images",
          "img",
          "imgs");
  private static final Set<String> TARGETS =
      Set.of("y", "ys", "label", "labels", "target", "targets");

  private Pairs() {}

  /** A name without its folder and its ending, {@code .gz} included. */
  public static String stem(String name) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    return base.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?i)\\.(np[yz]|csv|tsv|txt)$", "");
  }

  /** What an array or file is by its name, whether of a split or not. */
  public static SavedArray.Role role(String name) {
    SavedArray.Role found = SavedArray.Role.OTHER;
    for (String word : stem(name).toLowerCase(Locale.ROOT).split("[^a-z]+")) {
      if (TARGETS.contains(word)) {
        return SavedArray.Role.TARGET;
      }
      found = INPUTS.contains(word) ? SavedArray.Role.INPUT : found;
    }
    return found;
  }

  /**
   * The file of the other role that belongs to the same part of the same split; null when there is
   * none.
   *
   * @param glob which files of the folder come into question
   */
  public static Path partner(Path file, SavedArray.Role wanted, String glob) throws IOException {
    String name = stem(file.getFileName().toString());
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return null;
    }
    Path first = null;
    try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, glob)) {
      for (Path other : others) {
        String its = stem(other.getFileName().toString());
        boolean sameSplit = TableReader.split(its).equals(TableReader.split(name));
        boolean samePart = its.replaceAll("\\D", "").equals(name.replaceAll("\\D", ""));
        boolean fits = !its.equals(name) && role(its) == wanted && sameSplit && samePart;
        if (fits && (first == null || other.compareTo(first) < 0)) {
          first = other;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return first;
  }
}
