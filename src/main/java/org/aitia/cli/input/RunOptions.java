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
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.tracking.Kept;
import org.aitia.tracking.Laid;
import org.aitia.tracking.Tracked;
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
      description =
          "a run: a file, or a folder whose files are read together; - is standard input;"
              + " mlflow:RUN_ID or wandb:RUN_ID is one of a tracker")
  private List<String> paths;

  @Option(
      names = "--each",
      description = "every sub-folder of PATH that holds a run is a run of its own")
  private boolean each;

  @Option(
      names = "--tracking-uri",
      paramLabel = "URI",
      description =
          "where MLflow keeps the runs named mlflow:RUN_ID or mlflow:experiment/NAME; default:"
              + " MLFLOW_TRACKING_URI, or ./mlruns")
  private String trackingUri;

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
   * @param path null when no run was found there, or somebody else keeps it
   * @param kept null when it lies here
   */
  public record Place(int index, String source, Path path, Kept kept) {
    /** Whether there is something to read. */
    public boolean there() {
      return kept != null || path != null && RunFolder.exists(path);
    }

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

  /** Bytes of the files at all places. */
  public static long bytes(List<Place> places) throws IOException {
    long sum = 0;
    for (Place place : places) {
      sum += place.bytes();
    }
    return sum;
  }

  /** From now on a folder stands for the runs below it, as {@code --each} asks for. */
  public void ofMany() {
    each = true;
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
      if (Tracked.named(path)) {
        tracked(path, vocabulary, found);
      } else {
        here(path, path(path), vocabulary, found);
      }
    }
    return found;
  }

  private void here(String path, Path at, Vocabulary vocabulary, List<Place> found)
      throws IOException {
    if (!each || !Files.isDirectory(at)) {
      found.add(new Place(found.size(), path, at, null));
      return;
    }
    List<Path> below = RunFinder.below(at, vocabulary);
    if (below.isEmpty()) {
      found.add(new Place(found.size(), path, null, null));
    }
    String prefix = path.endsWith("/") ? path : path + "/";
    for (Path run : below) {
      String name = prefix + at.relativize(run).toString().replace('\\', '/');
      found.add(new Place(found.size(), name, run, null));
    }
  }

  private void tracked(String path, Vocabulary vocabulary, List<Place> found) throws IOException {
    if (Tracked.many(path) && !each) {
      throw new ParameterException(
          spec.commandLine(), path + " is many runs: add --each, or name one (mlflow:RUN_ID)");
    }
    try {
      Tracked tracker = new Tracked(trackingUri, Path.of(""), System.getenv());
      Path local = tracker.local(path);
      if (local != null) {
        here(path, local, vocabulary, found);
        return;
      }
      for (Kept run : tracker.kept(path)) {
        found.add(new Place(found.size(), run.source(), null, run));
      }
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), path + ": " + e.getMessage());
    }
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
    return place.there() ? read(place, Progress.NONE, vocabulary) : null;
  }

  /** The run at a place; one that cannot be had from its keeper says so as its only file. */
  public Run read(Place place, Progress progress, Vocabulary vocabulary) throws IOException {
    if (place.kept() == null) {
      return read(place.source(), place.path(), progress, vocabulary);
    }
    try (Laid laid = Laid.of(place.kept())) {
      return read(place.source(), laid.folder(), progress, vocabulary);
    } catch (Laid.NotHad e) {
      RunBuilder nothing = new RunBuilder(place.source());
      nothing.file(new FileNote(place.source(), null, FileNote.State.FAILED, e.getMessage()));
      return nothing.build();
    }
  }

  private Run read(String source, Path path, Progress progress, Vocabulary vocabulary)
      throws IOException {
    List<Path> more = report == null ? List.of() : List.of(report);
    return RunFolder.read(source, path, progress, more, settings(vocabulary), vocabulary);
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
