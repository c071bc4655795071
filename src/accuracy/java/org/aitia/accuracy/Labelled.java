package org.aitia.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.Report;
import org.aitia.run.Run;
import org.aitia.run.value.Split;

/**
 * A run whose causes are known, with what was observed of it.
 *
 * @param group runs that tell of one another: of one program, or of one data set and kind of model
 * @param causes the true ones; empty for a healthy run
 * @param right the causes that count as right answers
 */
record Labelled(
    String set,
    String name,
    String group,
    Set<String> causes,
    Set<String> right,
    List<Observation> observations,
    Report report) {
  private static final String TRUTH = "truth.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The labelled runs of a folder, of which only the files of a view are read. */
  static List<Labelled> all(Path cases, View view, Diagnoser diagnoser) throws IOException {
    List<Path> folders;
    try (Stream<Path> list = Files.list(cases)) {
      folders = list.filter(f -> Files.exists(f.resolve(TRUTH))).sorted().toList();
    }
    List<Labelled> found = new ArrayList<>();
    for (Path folder : folders) {
      Path copy = Files.createTempDirectory("labelled");
      try {
        if (copy(folder, copy, view)) {
          found.add(read(cases.getFileName().toString(), folder, copy, diagnoser));
        }
      } finally {
        delete(copy);
      }
    }
    return found;
  }

  /** The labelled runs of some folders in each view, each in the group of its fullest view. */
  static Map<View, List<Labelled>> inViews(List<Path> folders, Diagnoser diagnoser)
      throws IOException {
    Map<View, List<Labelled>> found = new EnumMap<>(View.class);
    Map<String, String> groups = new HashMap<>();
    for (View view : View.values()) {
      List<Labelled> runs = new ArrayList<>();
      for (Path folder : folders) {
        for (Labelled run : all(folder, view, diagnoser)) {
          groups.putIfAbsent(run.set() + "/" + run.name(), run.group());
          runs.add(run.in(groups.get(run.set() + "/" + run.name())));
        }
      }
      found.put(view, runs);
    }
    return found;
  }

  private static Labelled read(String set, Path folder, Path copy, Diagnoser diagnoser)
      throws IOException {
    JsonNode truth = JSON.readTree(folder.resolve(TRUTH).toFile());
    Set<String> causes = strings(truth.path("causes"));
    causes.remove("healthy");
    Set<String> right = new HashSet<>(causes);
    right.addAll(strings(truth.path("acceptable")));
    Run run = RunFolder.read(copy.toString(), copy, Progress.NONE, List.of(), Vocabulary.base());
    Diagnoser.Examination examined = diagnoser.examine(run);
    Conclusions conclusions = examined.conclude(run.report().answers());
    return new Labelled(
        set,
        folder.getFileName().toString(),
        set + "/" + dataSet(truth.path("group").asText(data(run))),
        causes,
        right,
        conclusions.observations(),
        run.report());
  }

  /** A group is a data set and a network: what tells of the data tells of all networks on them. */
  private static String dataSet(String group) {
    return group.contains("/") ? group.substring(0, group.indexOf('/')) : group;
  }

  /** The same run in the group of another view of it. */
  private Labelled in(String other) {
    return new Labelled(set, name, other, causes, right, observations, report);
  }

  /** Runs on equal data were made by one program: what they share is not the fault. */
  private static String data(Run run) {
    return run.data(Split.TRAIN).map(d -> "" + d.shape()).orElse("")
        + run.classes()
        + run.task().orElse("")
        + run.fact("framework").orElse("");
  }

  /** A folder is read whole, and the truth would pass for one more configuration: so a copy. */
  private static boolean copy(Path from, Path to, View view) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files =
          walk.filter(Files::isRegularFile).filter(f -> !f.endsWith(TRUTH)).filter(view).toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return !files.isEmpty();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> found = new LinkedHashSet<>();
    array.forEach(n -> found.add(n.asText()));
    return found;
  }

  /** Which files of a run are shown. */
  enum View implements Predicate<Path> {
    FULL(name -> true),
    NO_RECORD(name -> !name.endsWith(".run.jsonl") && !name.endsWith(".run.jsonl.gz")),
    CURVES_CONFIG(name -> Set.of("metrics.csv", "config.json", "hparams.yaml").contains(name)),
    CURVES(name -> name.equals("metrics.csv"));

    private final Predicate<String> shown;

    View(Predicate<String> shown) {
      this.shown = shown;
    }

    @Override
    public boolean test(Path file) {
      return shown.test(file.getFileName().toString());
    }
  }
}
