package org.aitia.evidence;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.Setting;
import org.aitia.run.Source;

/** Reads a file, or all files of a folder together, as one run. */
public final class RunFolder {
  /** Folders are followed to this depth. */
  static final int MAX_DEPTH = 8;

  /** Files looked at in one folder at most: beyond that it is no folder of one run. */
  static final int MAX_FILES = 5_000;

  private RunFolder() {}

  /**
   * Reads a run. Damaged files give what can be read; what became of each file is in {@link
   * Run#files()}.
   *
   * @param source the path as the user gave it
   * @param more further files that belong to the run, such as a symptom report
   * @throws NoSuchFileException when the path does not exist
   */
  public static Run read(String source, Path path, Progress progress, List<Path> more)
      throws IOException {
    return read(source, path, progress, more, Map.of());
  }

  /**
   * Reads a run some of whose settings the user states.
   *
   * @param stated settings that win over what the files say
   */
  public static Run read(
      String source, Path path, Progress progress, List<Path> more, Map<Setting, Object> stated)
      throws IOException {
    RunBuilder run = new RunBuilder(source);
    stated.forEach(
        (setting, value) -> run.override(setting, value, new Source("--set", setting.id())));
    if (!Files.exists(path)) {
      throw new NoSuchFileException(source, null, "no such file or folder");
    }
    if (Files.isDirectory(path)) {
      List<Path> files;
      try (Stream<Path> walk =
          Files.find(path, MAX_DEPTH, (p, a) -> a.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
        files = walk.sorted().limit(MAX_FILES).toList();
      } catch (java.io.UncheckedIOException e) {
        throw e.getCause();
      }
      for (Path file : files) {
        one(new Input(file, path.relativize(file).toString().replace('\\', '/'), progress), run);
      }
    } else {
      one(new Input(path, path.getFileName().toString(), progress), run);
    }
    for (Path file : more) {
      one(new Input(file, file.toString(), progress), run);
    }
    return run.build();
  }

  private static void one(Input input, RunBuilder run) {
    try {
      if (Files.size(input.path()) == 0) {
        run.file(new FileNote(input.name(), null, FileNote.State.SKIPPED, "is empty"));
        return;
      }
      Head head = input.head();
      for (Reader reader : Reader.all()) {
        if (reader.recognises(head)) {
          read(reader, input, run);
          return;
        }
      }
      run.file(
          new FileNote(
              input.name(),
              null,
              FileNote.State.SKIPPED,
              "is not of a format that is read; see 'aitia list formats'"));
    } catch (AccessDeniedException e) {
      run.file(
          new FileNote(
              input.name(),
              null,
              FileNote.State.FAILED,
              "may not be read: its permissions forbid it"));
    } catch (IOException e) {
      run.file(new FileNote(input.name(), null, FileNote.State.FAILED, message(e)));
    }
  }

  private static void read(Reader reader, Input input, RunBuilder run) {
    try {
      run.file(reader.read(input, run));
    } catch (AccessDeniedException e) {
      run.file(
          new FileNote(
              input.name(),
              reader.format(),
              FileNote.State.FAILED,
              "may not be read: its permissions forbid it"));
    } catch (IOException | RuntimeException e) {
      run.file(new FileNote(input.name(), reader.format(), FileNote.State.FAILED, message(e)));
    }
  }

  private static String message(Exception e) {
    return e.getMessage() == null
        ? "cannot be read (" + e.getClass().getSimpleName() + ")"
        : e.getMessage();
  }

  /** Whether anything of a run was found. */
  public static boolean holdsRun(Run run) {
    return run.files().stream()
        .map(FileNote::state)
        .anyMatch(Set.of(FileNote.State.READ, FileNote.State.PARTIAL)::contains);
  }
}
