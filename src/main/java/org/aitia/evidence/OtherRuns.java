package org.aitia.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/** Runs that programs number and keep side by side in one folder: only the last counts. */
final class OtherRuns {
  /** {@code version_0} of Lightning, {@code train2} of Ultralytics, {@code run-3}, {@code exp4}. */
  private static final Pattern NUMBERED =
      Pattern.compile("(version|run|exp|experiment|train|trial)[_-]?(\\d{0,6})");

  private OtherRuns() {}

  /**
   * Takes the files of all numbered runs but the last out of a list of files, and notes the runs.
   *
   * @param folder the one that was asked for
   * @param files all below it
   */
  static void setAside(Path folder, List<Path> files, RunBuilder run) {
    Map<Path, Map<Integer, Path>> groups = new TreeMap<>();
    for (Path file : files) {
      Path at = file.getParent();
      while (at != null && at.startsWith(folder) && !at.equals(folder)) {
        Matcher m = NUMBERED.matcher(at.getFileName().toString());
        if (m.matches()) {
          int number = m.group(2).isEmpty() ? 0 : Integer.parseInt(m.group(2));
          groups
              .computeIfAbsent(at.resolveSibling(m.group(1)), g -> new TreeMap<>())
              .putIfAbsent(number, at);
        }
        at = at.getParent();
      }
    }
    Set<Path> others = new TreeSet<>();
    groups.values().stream()
        .filter(g -> g.size() > 1)
        .map(TreeMap<Integer, Path>::new)
        .forEach(
            g -> {
              Path last = g.lastEntry().getValue();
              g.headMap(g.lastKey()).values().forEach(other -> note(other, last, folder, run));
              others.addAll(g.headMap(g.lastKey()).values());
            });
    files.removeIf(f -> others.stream().anyMatch(f::startsWith));
  }

  private static void note(Path other, Path last, Path folder, RunBuilder run) {
    run.file(
        new FileNote(
            RunFolder.name(folder, other),
            null,
            FileNote.State.SKIPPED,
            "is a run of its own: "
                + last.getFileName()
                + ", the last of them, was read; --each reads every one, and each may be named"));
  }
}
