package org.aitia.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.run.Run;

/** Reads the runs that an agent names by a path, or sends as a text. */
final class NamedRuns {
  /** Name of a text that says none: what was printed. */
  private static final String PRINTED = "run.log";

  private static final int MAX_NAMED = 5;

  private final Reach reach;

  NamedRuns(Reach reach) {
    this.reach = reach;
  }

  /**
   * The run of a call.
   *
   * @param role what the names of its arguments begin with; empty for the run itself
   * @throws Refused when none is named, or nothing can be read there
   */
  Run run(CallArguments given, String role, Diagnoser diagnoser) throws Refused, IOException {
    String path = given.text(role + "path");
    String text = given.text(role + "text");
    if ((path == null) == (text == null)) {
      throw new Refused("give either '" + role + "path' or '" + role + "text'");
    }
    Run run =
        path != null
            ? RunFolder.read(path, reach.at(path), Progress.NONE, List.of(), diagnoser.vocabulary())
            : sent(text, given.text(role + "name"), diagnoser);
    if (!RunFolder.holdsRun(run)) {
      String found =
          run.files().stream()
              .limit(MAX_NAMED)
              .map(f -> f.file() + ": " + f.message())
              .collect(Collectors.joining("; "));
      throw new Refused(
          "nothing here is a training log, script or record that can be read"
              + (found.isEmpty() ? "" : " (" + found + ")"));
    }
    return run;
  }

  /** A text is read as the file of its name: the name tells a script from what it printed. */
  private static Run sent(String text, String name, Diagnoser diagnoser)
      throws Refused, IOException {
    String file = name == null ? PRINTED : name;
    if (!file.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")) {
      throw new Refused("'name' is the plain name of a file, such as train.py or metrics.csv");
    }
    Path folder = Files.createTempDirectory("aitia-");
    Path at = folder.resolve(file);
    try {
      Files.writeString(at, text);
      return RunFolder.read(file, at, Progress.NONE, List.of(), diagnoser.vocabulary());
    } finally {
      Files.deleteIfExists(at);
      Files.delete(folder);
    }
  }
}
