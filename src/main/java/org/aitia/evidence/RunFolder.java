package org.aitia.evidence;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Spool;
import org.aitia.evidence.metrics.Asides;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Failure;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** Reads a file, or all files of a folder together, as one run. */
public final class RunFolder {
  /** Folders are followed to this depth. */
  static final int MAX_DEPTH = 8;

  /** Files looked at in one folder at most: beyond that it is no folder of one run. */
  static final int MAX_FILES = 5_000;

  /** Paths held in memory at most while a folder is listed. */
  private static final int MAX_LISTED = 50_000;

  private static final String FORBIDDEN = "may not be read: its permissions forbid it";

  private RunFolder() {}

  /**
   * Reads a run. Damaged files give what can be read; what became of each file is in {@link
   * Run#files()}.
   *
   * @param source the path as the user gave it
   * @param more further files that belong to the run, such as a symptom report
   * @param vocabulary what the names in its files stand for
   * @throws NoSuchFileException when the path does not exist
   */
  public static Run read(
      String source, Path path, Progress progress, List<Path> more, Vocabulary vocabulary)
      throws IOException {
    return read(source, path, progress, more, Map.of(), vocabulary);
  }

  /**
   * Reads a run some of whose settings the user states.
   *
   * @param stated settings that win over what the files say
   */
  public static Run read(
      String source,
      Path path,
      Progress progress,
      List<Path> more,
      Map<Setting, Object> stated,
      Vocabulary vocabulary)
      throws IOException {
    RunBuilder run = new RunBuilder(source);
    run.known(vocabulary.families(), vocabulary.words());
    stated.forEach(
        (setting, value) -> run.override(setting, value, new Source("--set", setting.id())));
    if (Vocabulary.fault() != null) {
      run.file(new FileNote(Vocabulary.VARIABLE, null, FileNote.State.FAILED, Vocabulary.fault()));
    }
    if (!exists(path)) {
      boolean link = Files.isSymbolicLink(path);
      throw new NoSuchFileException(
          source, null, link ? "is a link that leads nowhere" : "no such file or folder");
    }
    if (Spool.needed(path)) {
      spooled(source, path, progress, vocabulary, run);
    } else if (Files.isDirectory(path)) {
      for (Path file : files(path, run)) {
        one(new Input(file, name(path, file), progress, vocabulary), run);
      }
    } else {
      one(new Input(path, path.getFileName().toString(), progress, vocabulary), run);
    }
    for (Path file : more) {
      one(new Input(file, file.toString(), progress, vocabulary), run);
    }
    return run.build();
  }

  /** Whether there is something to read at a path; {@code -} is standard input. */
  public static boolean exists(Path path) {
    return Spool.isStandardInput(path) || Files.exists(path);
  }

  private static void spooled(
      String source, Path path, Progress progress, Vocabulary vocabulary, RunBuilder run) {
    try (Spool spool = Spool.of(path)) {
      one(new Input(spool.file(), source, progress, vocabulary), run);
    } catch (IOException e) {
      run.file(new FileNote(source, null, FileNote.State.FAILED, message(e)));
    }
  }

  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The files of a folder in order of their names; what cannot be looked into is noted. */
  private static List<Path> files(Path folder, RunBuilder run) throws IOException {
    List<Path> found = new ArrayList<>();
    boolean[] more = new boolean[1];
    Files.walkFileTree(
        folder,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isRegularFile()) {
              run.file(
                  new FileNote(
                      name(folder, file),
                      null,
                      FileNote.State.SKIPPED,
                      attributes.isSymbolicLink()
                          ? "is a link that leads nowhere"
                          : "is a pipe, socket or device: only files of a folder are read"));
              return FileVisitResult.CONTINUE;
            }
            more[0] = found.size() >= MAX_LISTED;
            found.add(file);
            return more[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            boolean loop = e instanceof FileSystemLoopException;
            String what =
                loop
                    ? "is a link to a folder that it lies in: it was not followed"
                    : e instanceof AccessDeniedException ? FORBIDDEN : message(e);
            FileNote.State state = loop ? FileNote.State.SKIPPED : FileNote.State.FAILED;
            run.file(new FileNote(name(folder, file), null, state, what));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    OtherRuns.setAside(folder, found, run);
    if (found.size() > MAX_FILES) {
      run.file(
          new FileNote(
              name(folder, found.get(MAX_FILES)),
              null,
              FileNote.State.SKIPPED,
              "this and all later files were not looked at: a folder of one run may hold "
                  + MAX_FILES
                  + " files"));
      return found.subList(0, MAX_FILES);
    }
    return found;
  }

  private static void one(Input input, RunBuilder run) {
    try {
      if (input.size() == 0) {
        run.file(new FileNote(input.name(), null, FileNote.State.SKIPPED, "is empty"));
        return;
      }
      Head head = input.head();
      for (Reader reader : Readers.ALL) {
        if (recognised(reader, head, input, run)) {
          read(reader, input, run);
          return;
        }
      }
      run.file(
          new FileNote(
              input.name(),
              null,
              FileNote.State.SKIPPED,
              Asides.of(head).orElse("is not of a format that is read; see 'aitia list formats'")));
    } catch (AccessDeniedException e) {
      run.file(new FileNote(input.name(), null, FileNote.State.FAILED, FORBIDDEN));
    } catch (NoSuchFileException e) {
      run.file(new FileNote(input.name(), null, FileNote.State.FAILED, "does not exist"));
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      run.file(
          new FileNote(
              input.name(), null, FileNote.State.FAILED, "is damaged: the compressed data break"));
    } catch (IOException e) {
      run.file(new FileNote(input.name(), null, FileNote.State.FAILED, message(e)));
    }
  }

  private static boolean recognised(Reader reader, Head head, Input input, RunBuilder run)
      throws IOException {
    boolean[] recognised = new boolean[1];
    part(reader, input, run, () -> recognised[0] = reader.recognises(head));
    return recognised[0];
  }

  private static void read(Reader reader, Input input, RunBuilder run) throws IOException {
    part(reader, input, run, () -> run.file(note(reader, input, run)))
        .ifPresent(
            f ->
                run.file(
                    new FileNote(input.name(), reader.format(), FileNote.State.FAILED, f.why())));
  }

  /** A file that cannot be read is no failure of its reader; a reader that fails is one. */
  private static FileNote note(Reader reader, Input input, RunBuilder run) {
    String message;
    try {
      return reader.read(input, run);
    } catch (AccessDeniedException e) {
      message = FORBIDDEN;
    } catch (IOException e) {
      message = message(e);
    }
    return new FileNote(input.name(), reader.format(), FileNote.State.FAILED, message);
  }

  private static Optional<Failure> part(
      Reader reader, Input input, RunBuilder run, Failure.Work work) throws IOException {
    Optional<Failure> failure =
        Failure.in(Failure.Part.READER, reader.format(), input.name(), input.size(), work);
    failure.ifPresent(run::failed);
    return failure;
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
