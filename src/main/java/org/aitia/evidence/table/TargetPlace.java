package org.aitia.evidence.table;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.metrics.MetricsCsvReader;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.data.SavedArray;
import org.aitia.run.value.Split;

/**
 * Where the targets of a split's rows stand, as its header tells, else the files beside it: a test
 * set to be predicted has the columns of the training set but one, which is the target whatever its
 * name. Where all splits have the same columns and none is named as a target, it is not known.
 *
 * @param column of the target; {@link #NONE} when it is not among the columns, or not known
 * @param labels the file of the labels, row by row; null when there is none
 */
record TargetPlace(int column, Path labels) {
  static final int NONE = -1;

  /** Files beside a table that are looked at. */
  private static final int MOST_FILES = 256;

  /** Which files may hold tables. */
  static final String TABLES = "*.{csv,tsv,txt,CSV,TSV,TXT,csv.gz,tsv.gz,txt.gz}";

  /**
   * The place, or none when nothing tells that the file is a table of a split.
   *
   * @param header the columns' names; empty when the file has none
   */
  static Optional<TargetPlace> of(List<String> header, Head head) {
    Path file = head.path();
    try {
      int named = TableLayout.target(header);
      if (named >= 0) {
        return Optional.of(new TargetPlace(named, null));
      }
      Path labels = Pairs.partner(file, SavedArray.Role.TARGET, TABLES);
      if (labels != null) {
        return Optional.of(new TargetPlace(NONE, labels));
      }
      for (Path other : beside(file)) {
        List<String> its = CsvRows.header(CsvRows.firstLine(head.beside(other).head()));
        Optional<TargetPlace> found = against(header, its, head.vocabulary());
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (IOException e) {
      // What cannot be read tells nothing.
    }
    return Optional.empty();
  }

  /** What the columns of another split tell. */
  private static Optional<TargetPlace> against(
      List<String> header, List<String> other, Vocabulary vocabulary) {
    if (header.size() < 2 || other.size() < 2 || Math.abs(header.size() - other.size()) > 1) {
      return Optional.empty();
    }
    List<String> more = new ArrayList<>(other);
    header.forEach(more::remove);
    List<String> own = new ArrayList<>(header);
    other.forEach(own::remove);
    if (own.isEmpty() && header.stream().noneMatch(c -> MetricsCsvReader.tells(c, vocabulary))) {
      return Optional.of(new TargetPlace(NONE, null));
    }
    return own.size() == 1 && more.isEmpty()
        ? Optional.of(new TargetPlace(header.indexOf(own.get(0)), null))
        : Optional.empty();
  }

  /** The tables of other splits in the same folder or in folders of splits beside it, in order. */
  private static List<Path> beside(Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    Optional<Split> split = TableReader.split(whole.getFileName().toString(), whole);
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder) || split.isEmpty()) {
      return found;
    }
    tables(folder, split.get(), found);
    if (folder.getParent() != null && Split.of(name(folder)).isPresent()) {
      for (Path sibling : list(folder.getParent(), "*")) {
        if (Files.isDirectory(sibling) && Split.of(name(sibling)).isPresent()) {
          tables(sibling, split.get(), found);
        }
      }
    }
    return found.subList(0, Math.min(found.size(), MOST_FILES));
  }

  private static String name(Path path) {
    return path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  private static void tables(Path folder, Split but, List<Path> into) throws IOException {
    for (Path table : list(folder, TABLES)) {
      TableReader.split(table.getFileName().toString(), table)
          .filter(s -> s != but)
          .ifPresent(s -> into.add(table));
    }
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : entries) {
        if (found.size() < MOST_FILES) {
          found.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }
}
