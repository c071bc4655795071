package org.aitia.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.aitia.run.FileNote;
import org.aitia.run.Run;

/**
 * What was read of a run, for people to hold against their files: the series that were found, and
 * what became of each file.
 */
public record Readout(List<Line> series, List<File> files) {
  /**
   * One series of one file.
   *
   * @param name its name in the file
   * @param split {@code train}, {@code validation} or {@code test}; null for quantities of the
   *     optimizer
   * @param metric the name that the reasoning knows it by
   * @param axis what a point stands for: {@code epoch} or {@code step}
   * @param points how many were read
   * @param first the value of the first of them
   * @param last the value of the last of them
   */
  public record Line(
      String name,
      String file,
      String split,
      String metric,
      String axis,
      long points,
      double first,
      double last) {}

  /**
   * A file.
   *
   * @param format null when it is of none that is known
   * @param state {@code read}, {@code part} or {@code skipped}
   * @param why what was read, or why it was not; may be null
   */
  public record File(String file, String format, String state, String why) {}

  /** What was read of a run. */
  public static Readout of(Run run) {
    List<Line> series =
        run.series().values().stream()
            .flatMap(List::stream)
            .filter(s -> !s.isEmpty())
            .map(
                s ->
                    new Line(
                        s.source().tag(),
                        s.source().file(),
                        s.key().split() == null ? null : s.key().split().id(),
                        s.key().quantity(),
                        s.key().axis().name().toLowerCase(Locale.ROOT),
                        s.count(),
                        s.first(),
                        s.last()))
            .sorted(Comparator.comparing(Line::file))
            .toList();
    return new Readout(series, run.files().stream().map(Readout::file).toList());
  }

  private static File file(FileNote note) {
    String state =
        switch (note.state()) {
          case READ -> "read";
          case PARTIAL -> "part";
          case SKIPPED, FAILED -> "skipped";
        };
    return new File(note.file(), note.format(), state, note.message());
  }
}
