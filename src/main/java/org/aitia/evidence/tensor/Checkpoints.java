package org.aitia.evidence.tensor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.evidence.file.Input;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.model.Snapshot;
import org.aitia.run.value.Source;

/** Saved models of one training: which step each is of, and which of many are worth reading. */
public final class Checkpoints {
  /** What a step or an epoch is called in the names of files. */
  private static final Pattern STEP =
      Pattern.compile("(?i)(?:^|[^a-z])(?:global_?)?(?:step|iter|iteration)s?[=_.-]?(\\d{1,12})");

  private static final Pattern EPOCH =
      Pattern.compile(
          "(?i)(?:^|[^a-z])(?:epochs?|ep|e|checkpoint|ckpt|cp|model|weights?|net|snapshot)[=_.-]?(\\d{1,9})(?:[^\\d]|$)");

  private static final int MAX_BESIDE = 10_000;

  private Checkpoints() {}

  /** The step that a path names, of a file or else of its folder; NaN when it names none. */
  static double step(Path path) {
    double own = step(path.getFileName().toString());
    Path folder = path.toAbsolutePath().getParent();
    return Double.isNaN(own) && folder != null && folder.getFileName() != null
        ? step(folder.getFileName().toString())
        : own;
  }

  private static double step(String name) {
    for (Pattern pattern : List.of(STEP, EPOCH)) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.find()) {
        return Double.parseDouble(matcher.group(1));
      }
    }
    return Double.NaN;
  }

  /**
   * Whether both an earlier and a later file of the same kind lie beside it: what became of the
   * weights is told by the first and the last.
   */
  public static boolean isBetween(Path path) {
    Path file = path.toAbsolutePath();
    boolean own = !Double.isNaN(step(file.getFileName().toString()));
    Path one = own ? file : file.getParent();
    if (one == null || one.getParent() == null || one.getFileName() == null) {
      return false;
    }
    double mine = step(one.getFileName().toString());
    String kind = kind(one);
    boolean earlier = false;
    boolean later = false;
    int seen = 0;
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(one.getParent())) {
      for (Path other : beside) {
        if (seen++ > MAX_BESIDE) {
          break;
        }
        boolean same = kind(other).equals(kind);
        if (same && (own || Files.isReadable(other.resolve(file.getFileName())))) {
          double its = step(other.getFileName().toString());
          earlier |= its < mine;
          later |= its > mine;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return false; // without a look at the others, this one counts
    }
    return earlier && later;
  }

  private static String kind(Path path) {
    return path.getFileName().toString().replaceAll("\\d+(\\.\\d+)?", "#");
  }

  public static FileNote between(Input input, String format) {
    return new FileNote(
        input.name(),
        format,
        FileNote.State.READ,
        "not needed: an earlier and a later checkpoint beside it are read");
  }

  /**
   * Takes a snapshot of the weights.
   *
   * @param step as the file itself says; NaN when it does not
   */
  public static void take(Input input, double step, List<SavedTensor> tensors, RunBuilder run) {
    if (tensors.isEmpty()) {
      return;
    }
    StringBuilder set = new StringBuilder();
    tensors.forEach(t -> set.append(t.name()).append(t.shape()).append(t.type()).append(';'));
    double when = Double.isNaN(step) ? step(input.path()) : step;
    Source from = new Source(input.name(), null);
    run.weights(new Snapshot(Integer.toHexString(set.toString().hashCode()), when, tensors, from));
  }
}
