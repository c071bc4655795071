package org.aitia.accuracy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.Run;

/**
 * A run whose faults are known, since they were put in on purpose.
 *
 * @param name of its folder
 * @param shown what the session gets to see: the metrics CSV alone
 * @param full the whole record, which only the oracle sees
 * @param causes the causes that are true
 * @param variants the same as {@code cause/variant}, as far as the notes name one
 * @param right the causes that count as right answers
 */
record LabelledRun(
    String name,
    Diagnoser.Examination shown,
    Diagnoser.Examination full,
    Set<String> causes,
    Set<String> variants,
    Set<String> right) {
  private static final String TRUTH = "truth.json";
  private static final String SHOWN = "metrics.csv";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The faulty runs of a folder that have a metrics CSV, in the order of their names. */
  static List<LabelledRun> all(Path cases, Diagnoser diagnoser) throws IOException {
    List<Path> folders;
    try (Stream<Path> list = Files.list(cases)) {
      folders = list.filter(LabelledRun::usable).sorted().toList();
    }
    List<LabelledRun> found = new ArrayList<>();
    for (Path folder : folders) {
      LabelledRun run = read(folder, diagnoser);
      if (!run.causes().contains("healthy")) {
        found.add(run);
      }
    }
    return found;
  }

  private static boolean usable(Path folder) {
    return Files.exists(folder.resolve(TRUTH)) && Files.exists(folder.resolve(SHOWN));
  }

  private static LabelledRun read(Path folder, Diagnoser diagnoser) throws IOException {
    JsonNode truth = JSON.readTree(folder.resolve(TRUTH).toFile());
    Set<String> causes = strings(truth.path("causes"));
    Set<String> right = new HashSet<>(causes);
    right.addAll(strings(truth.path("acceptable")));
    Set<String> variants = new HashSet<>();
    for (String note : truth.path("notes").asText().split(";")) {
      String[] parts = note.strip().split(": ", 2);
      if (causes.contains(parts[0]) && parts.length > 1) {
        variants.add(parts[0] + "/" + parts[1]);
      }
    }
    return new LabelledRun(
        folder.getFileName().toString(),
        diagnoser.examine(read(folder.resolve(SHOWN))),
        diagnoser.examine(withoutTruth(folder)),
        causes,
        variants,
        right);
  }

  /** A folder is read whole, and the truth would pass for one more configuration: so a copy. */
  private static Run withoutTruth(Path folder) throws IOException {
    Path copy = Files.createTempDirectory("labelled");
    try {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(folder)) {
        all = walk.filter(f -> !f.endsWith(TRUTH) && !f.equals(folder)).toList();
      }
      for (Path file : all) {
        Files.copy(file, copy.resolve(folder.relativize(file)));
      }
      return read(copy);
    } finally {
      delete(copy);
    }
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

  private static Run read(Path path) throws IOException {
    return RunFolder.read(path.toString(), path, Progress.NONE, List.of(), Vocabulary.base());
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> found = new LinkedHashSet<>();
    array.forEach(n -> found.add(n.asText()));
    return found;
  }
}
