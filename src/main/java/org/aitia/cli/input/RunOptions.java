package org.aitia.cli.input;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.evidence.RunFinder;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.report.Nearest;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which runs a command is about, and what the user adds to their files. */
public final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private CompanionOptions companions;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "a run: a file, or a folder whose files are read together; - is standard input")
  private List<String> paths;

  @Option(
      names = "--each",
      description = "every sub-folder of PATH that holds a run is a run of its own")
  private boolean each;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "a symptom report (JSON or YAML), read together with each run")
  private Path report;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "a setting of the training, such as learning_rate=0.1; wins over the files. May be repeated")
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * Where a run lies, and the name the user knows it by.
   *
   * @param index position among the runs
   * @param path null when no run was found there
   */
  public record Place(int index, String source, Path path) {
    /** Bytes of the files there; what cannot be looked at is told when it is read. */
    public long bytes() throws IOException {
      if (path == null) {
        return 0;
      }
      long[] sum = new long[1];
      Files.walkFileTree(
          path,
          Set.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
      return sum[0];
    }
  }

  /** What cannot be, is said before any work is done. */
  public void check(Vocabulary vocabulary) {
    if (report != null && !Files.isReadable(report)) {
      throw new ParameterException(
          spec.commandLine(), "--report " + report + ": no such file, or it may not be read");
    }
    settings(vocabulary);
    if (companions.hasPrevious() && (each || paths.size() > 1)) {
      throw new ParameterException(
          spec.commandLine(), "--previous is about one run; name one PATH, without --each");
    }
  }

  /** The runs that each run is held against; read once, before the first of them. */
  public Companions companions(Vocabulary vocabulary) throws IOException {
    return companions.read(vocabulary);
  }

  /** The runs asked for; with {@code --each} those found below the paths. */
  public List<Place> places(Vocabulary vocabulary) throws IOException {
    List<Place> found = new ArrayList<>();
    for (String path : paths) {
      Path at = path(path);
      if (!each || !Files.isDirectory(at)) {
        found.add(new Place(found.size(), path, at));
        continue;
      }
      List<Path> below = RunFinder.below(at, vocabulary);
      if (below.isEmpty()) {
        found.add(new Place(found.size(), path, null));
      }
      String prefix = path.endsWith("/") ? path : path + "/";
      for (Path run : below) {
        found.add(
            new Place(
                found.size(), prefix + at.relativize(run).toString().replace('\\', '/'), run));
      }
    }
    return found;
  }

  private Path path(String text) {
    try {
      return RunFinder.at(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "not a path: " + e.getMessage());
    }
  }

  public boolean reported() {
    return report != null;
  }

  /** The run at a place, read without showing how far it is; null when nothing lies there. */
  public Run at(Place place, Vocabulary vocabulary) throws IOException {
    return place.path() != null && RunFolder.exists(place.path())
        ? read(place, Progress.NONE, vocabulary)
        : null;
  }

  public Run read(Place place, Progress progress, Vocabulary vocabulary) throws IOException {
    List<Path> more = report == null ? List.of() : List.of(report);
    return RunFolder.read(
        place.source(), place.path(), progress, more, settings(vocabulary), vocabulary);
  }

  private Map<Setting, Object> settings(Vocabulary vocabulary) {
    Map<Setting, Object> found = new EnumMap<>(Setting.class);
    set.forEach(
        (key, value) ->
            found.put(
                RunFinder.setting(key, vocabulary).orElseThrow(() -> unknown(key)), value(value)));
    return found;
  }

  private ParameterException unknown(String key) {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::id).toList();
    return new ParameterException(
        spec.commandLine(),
        "--set: unknown setting '" + key + "'" + Nearest.suggestion(key.replace('_', '-'), known));
  }

  private static Object value(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
