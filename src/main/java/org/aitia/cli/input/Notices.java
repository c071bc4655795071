package org.aitia.cli.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.evidence.RunFolder;
import org.aitia.report.Cells;
import org.aitia.report.Words;
import org.aitia.run.Conflict;
import org.aitia.run.FileNote;
import org.aitia.run.Run;

/** What is said on standard error about the files of a run. */
public final class Notices {
  /** Notices of one kind shown of a run, unless all are asked for. */
  private static final int SHOWN = 5;

  private static final int NAMED = 3;

  private final Words words;
  private final boolean all;

  public Notices(Words words, boolean all) {
    this.words = words;
    this.all = all;
  }

  /** Damaged files and values that contradict each other. */
  public List<String> of(Run run) {
    List<String> damaged =
        run.files().stream()
            .filter(f -> f.state() == FileNote.State.FAILED || f.state() == FileNote.State.PARTIAL)
            .map(f -> words.say("note-file", run.source(), f.file(), f.message()))
            .toList();
    List<String> conflicts =
        run.conflicts().stream().map(c -> run.source() + ": " + conflict(c)).toList();
    List<String> found = new ArrayList<>(some(damaged, run.source()));
    found.addAll(some(conflicts, run.source()));
    return found;
  }

  private String conflict(Conflict c) {
    return words.say(
        "note-conflict", c.what(), c.first(), c.firstSource(), c.second(), c.secondSource());
  }

  private List<String> some(List<String> notes, String source) {
    if (all || notes.size() <= SHOWN) {
      return notes;
    }
    List<String> some = new ArrayList<>(notes.subList(0, SHOWN));
    some.add(source + ": " + words.say("note-more", notes.size() - SHOWN));
    return some;
  }

  /** Why nothing could be read at a path: what was found there, and what to do. */
  public String nothingAt(String source, Path path, Run run) {
    if (path == null && run == null) {
      return source + ": " + words.say("nothing-each");
    }
    if (path != null && !RunFolder.exists(path)) {
      return source + ": " + words.say("nothing-there");
    }
    if (run == null || run.files().isEmpty()) {
      return source + ": " + words.say("nothing-empty");
    }
    Map<String, List<String>> byMessage = new LinkedHashMap<>();
    run.files()
        .forEach(
            f ->
                byMessage
                    .computeIfAbsent(String.valueOf(f.message()), m -> new ArrayList<>())
                    .add(f.file()));
    String found =
        byMessage.entrySet().stream()
            .limit(NAMED)
            .map(e -> names(e.getValue()) + " " + e.getKey())
            .collect(Collectors.joining("; "));
    int more = byMessage.size() - NAMED;
    return source
        + ": "
        + words.say(
            "nothing-readable", more > 0 ? found + "; " + words.say("more-evidence", more) : found);
  }

  private String names(List<String> files) {
    String some = files.stream().limit(NAMED).collect(Collectors.joining(", "));
    int more = files.size() - NAMED;
    return more > 0 ? some + ", " + words.say("more-evidence", more) + ":" : some;
  }

  public static String line(String notice) {
    return "aitia: " + Cells.clean(notice);
  }
}
