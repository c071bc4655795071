package org.aitia.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * Runs that lie side by side in one folder: of those that programs number the last counts, of those
 * with names of their own the newest, of the ranks of one run the first.
 */
final class OtherRuns {
  /** {@code version_0} of Lightning, {@code train2} of Ultralytics, {@code run-3}, {@code exp4}. */
  private static final Pattern NUMBERED =
      Pattern.compile("(version|run|exp|experiment|train|trial)[_-]?(\\d{0,6})");

  /** Logs that each run has of its own, under the same name. */
  private static final Pattern LOG =
      Pattern.compile(
          "(?:[\\w-]{0,40}(?:log|metrics|history|results|progress|train|training|output)[\\w-]{0,40}\\.(?:csv|log|txt|jsonl?|out)|trainer_state\\.json)");

  /** Folders beside each other that are parts of one run: of its data, its ranks, its snapshots. */
  private static final Pattern PART =
      Pattern.compile(
          "(?:^|[_-])(?:train|training|val|valid|validation|dev|test|eval|evaluation)(?:$|[_-])|^(?:checkpoint|ckpt)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern RANK =
      Pattern.compile(
          "(?:rank|node|worker|gpu|device|process|proc)[_-]?\\d{1,5}", Pattern.CASE_INSENSITIVE);

  /** What a run is held against, never the one that is asked about. */
  private static final Pattern REFERENCE =
      Pattern.compile("ref|reference|baseline|good", Pattern.CASE_INSENSITIVE);

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
    named(folder, files, run);
  }

  /** Sub-folders of one folder that hold a log of the same name each. */
  private static void named(Path folder, List<Path> files, RunBuilder run) {
    Map<Path, Map<Path, Path>> groups = new TreeMap<>();
    for (Path file : files) {
      if (!LOG.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT)).matches()) {
        continue;
      }
      for (Path at = file.getParent();
          at != null && at.startsWith(folder) && !at.equals(folder);
          at = at.getParent()) {
        if (!PART.matcher(at.getFileName().toString()).find()) {
          groups
              .computeIfAbsent(at.resolveSibling(at.relativize(file)), g -> new TreeMap<>())
              .putIfAbsent(at, file);
        }
      }
    }
    groups.values().stream()
        .filter(g -> g.size() > 1)
        .forEach(
            g -> {
              g.keySet().removeIf(at -> files.stream().noneMatch(f -> f.startsWith(at)));
              if (g.size() > 1) {
                Path chosen = chosen(g);
                g.keySet().stream()
                    .filter(at -> !at.equals(chosen))
                    .forEach(
                        at -> {
                          aside(at, chosen, folder, run);
                          files.removeIf(f -> f.startsWith(at));
                        });
              }
            });
  }

  /** The run that is asked about: the one written last, of the ranks of one run the first. */
  private static Path chosen(Map<Path, Path> logs) {
    List<Path> names = List.copyOf(logs.keySet());
    if (names.stream().allMatch(n -> RANK.matcher(n.getFileName().toString()).matches())) {
      return names.get(0);
    }
    return names.stream()
        .filter(n -> !REFERENCE.matcher(n.getFileName().toString()).matches())
        .max(Comparator.<Path>comparingLong(n -> written(logs.get(n))).thenComparing(n -> n))
        .orElse(names.get(names.size() - 1));
  }

  private static long written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis() / 1_000;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void aside(Path other, Path chosen, Path folder, RunBuilder run) {
    boolean rank = RANK.matcher(other.getFileName().toString()).matches();
    boolean reference = REFERENCE.matcher(other.getFileName().toString()).matches();
    String what =
        rank
            ? "is of another rank: " + chosen.getFileName() + " was read"
            : reference
                ? "is a run of its own: named with --reference it is held against "
                    + chosen.getFileName()
                    + ", which was read"
                : "is a run of its own: "
                    + chosen.getFileName()
                    + ", written last, was read; --each reads every one, and each may be named";
    run.file(new FileNote(RunFolder.name(folder, other), null, FileNote.State.SKIPPED, what));
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
