package org.aitia.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.curve.Series;

/** Shorthand for tests that read files. */
public final class Runs {
  private Runs() {}

  public static Run read(Path path) throws IOException {
    return RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
  }

  public static Run read(Path folder, String name, String text) throws IOException {
    return read(write(folder, name, text));
  }

  public static Path write(Path folder, String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  public static FileNote only(Run run) {
    if (run.files().size() != 1) {
      throw new AssertionError(run.files());
    }
    return run.files().get(0);
  }

  public static double[] epochs(Series series) {
    double[] found = new double[series.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = series.epoch(i);
    }
    return found;
  }

  /** The series that was read under a tag; null when there is none. */
  public static Series tagged(Run run, String file, String tag) {
    return run.series().values().stream()
        .flatMap(List::stream)
        .filter(s -> s.source().file().startsWith(file) && tag.equals(s.source().tag()))
        .findFirst()
        .orElse(null);
  }
}
