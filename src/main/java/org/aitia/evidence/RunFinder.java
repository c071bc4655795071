package org.aitia.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.settings.ConfigFields;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Split;

/** Finds runs below a folder, and settings by the names that people give them. */
public final class RunFinder {
  private static final int MAX_DEPTH = 6;
  private static final int MAX_LOOKED_AT = 200;

  private RunFinder() {}

  /**
   * The folders below a folder that hold a run each. A folder with a readable file is a run with
   * all that lies below it; so is one whose sub-folders are named after splits, as event files of
   * one run are kept.
   */
  public static List<Path> below(Path folder, Vocabulary vocabulary) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path child : folders(folder)) {
      collect(child, 1, vocabulary, found);
    }
    return found;
  }

  private static void collect(Path folder, int depth, Vocabulary vocabulary, List<Path> found)
      throws IOException {
    if (holdsFile(folder, vocabulary)) {
      found.add(folder);
      return;
    }
    if (depth >= MAX_DEPTH) {
      return;
    }
    List<Path> below = new ArrayList<>();
    for (Path child : folders(folder)) {
      collect(child, depth + 1, vocabulary, below);
    }
    Set<Path> parents = below.stream().map(Path::getParent).collect(Collectors.toSet());
    boolean splits =
        !below.isEmpty()
            && parents.equals(Set.of(folder))
            && below.stream().allMatch(p -> Split.of(p.getFileName().toString()).isPresent());
    if (splits) {
      found.add(folder);
    } else {
      found.addAll(below);
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(Files::isDirectory).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean holdsFile(Path folder, Vocabulary vocabulary) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(Files::isRegularFile)
          .sorted()
          .limit(MAX_LOOKED_AT)
          .anyMatch(f -> known(f, vocabulary));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean known(Path file, Vocabulary vocabulary) {
    try {
      Head head = new Input(file, file.getFileName().toString(), Progress.NONE, vocabulary).head();
      return Readers.ALL.stream().anyMatch(r -> r.recognises(head));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * The path that a user wrote. A name that is not in the system's encoding reaches Java with
   * letters lost; the file is then the one of its folder whose name is lost in the same way.
   *
   * @throws java.nio.file.InvalidPathException when no path can be written so
   */
  public static Path at(String text) {
    Path asked = Path.of(text);
    if (RunFolder.exists(asked) || asked.getNameCount() == 0) {
      return asked;
    }
    Path found = asked.getRoot() == null ? Path.of("") : asked.getRoot();
    for (Path name : asked) {
      Path next = found.resolve(name);
      found = Files.exists(next) ? next : alike(found, name);
      if (found == null) {
        return asked;
      }
    }
    return found;
  }

  private static Path alike(Path folder, Path name) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> p.getFileName().toString().equals(name.toString()))
          .sorted()
          .findFirst()
          .orElse(null);
    } catch (IOException | UncheckedIOException e) {
      return null;
    }
  }

  /** The setting that goes by a name: its id, or a name that config files use for it. */
  public static Optional<Setting> setting(String name, Vocabulary vocabulary) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    for (Setting setting : Setting.values()) {
      if (setting.id().equals(plain)) {
        return Optional.of(setting);
      }
    }
    return Optional.ofNullable(ConfigFields.setting(plain, vocabulary));
  }
}
