package org.aitia.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.GregorMutater;
import org.pitest.mutationtest.engine.gregor.config.Mutator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Changes lines of the observers, drawn at random, one at a time, and counts how many a test
 * notices. The changes are PIT's: a condition turned over or moved by one, another operator, a call
 * or a result dropped.
 */
@Command(name = "lines", mixinStandardHelpOptions = true)
public final class Lines implements Callable<Integer> {
  /** Work is bounded by these calls; the tests of growth see them, not those of measures. */
  private static final String BOUND = "org/aitia/limit/Budget";

  /** Methods of records and enums that no line holds. */
  private static final Set<String> MADE =
      Set.of("equals", "hashCode", "toString", "values", "valueOf", "$values");

  /** What holds that which is measured. */
  private static final List<String> TESTS =
      List.of(
          "org.aitia.observation",
          "org.aitia.reasoning.rule.CatalogueTest",
          "org.aitia.SavedComparisonTest",
          "org.aitia.ExamplesTest");

  private static final Path CLASSES = Path.of("target", "classes");

  @Option(names = "--sample", description = "so many changes; 10")
  private int sample = 10;

  @Option(names = "--seed", description = "of the drawing")
  private long seed = 1;

  @Option(names = "--package", description = "of the classes; org/aitia/observation")
  private String folder = "org/aitia/observation";

  @Option(names = "--seconds", description = "after which a change is taken to loop; 600")
  private long seconds = 600;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Lines()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    GregorMutater mutater =
        new GregorMutater(
            new ClassloaderByteArraySource(Lines.class.getClassLoader()),
            method -> !method.isSynthetic() || method.getName().startsWith("lambda"),
            Mutator.newDefaults());
    List<MutationDetails> drawn = drawn(mutater);
    Path changed = Files.createTempDirectory("aitia-lines");
    try {
      if (Noticing.fails(changed, seconds, TESTS)) {
        System.err.println("a test fails without any change");
        return 2;
      }
      int noticed = 0;
      for (MutationDetails change : drawn) {
        String name = change.getClassName().asInternalName();
        Path file = changed.resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, mutater.getMutation(change.getId()).getBytes());
        boolean is = Noticing.fails(changed, seconds, TESTS);
        Files.delete(file);
        noticed += is ? 1 : 0;
        System.out.printf(
            "%s  %s:%d %s: %s%n",
            is ? "noticed " : "survived",
            change.getFilename(),
            change.getLineNumber(),
            change.getMethod(),
            change.getDescription());
      }
      System.out.printf("lines     %4d of %4d noticed%n", noticed, drawn.size());
      return 0;
    } finally {
      delete(changed);
    }
  }

  private List<MutationDetails> drawn(GregorMutater mutater) throws IOException {
    List<MutationDetails> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CLASSES.resolve(folder))) {
      files
          .filter(f -> f.toString().endsWith(".class"))
          .map(f -> CLASSES.relativize(f).toString().replaceAll("\\.class$", ""))
          .sorted()
          .map(name -> mutater.findMutations(ClassName.fromString(name.replace('/', '.'))))
          .flatMap(Collection::stream)
          .filter(change -> !change.getDescription().contains(BOUND))
          .filter(change -> !MADE.contains(change.getMethod()))
          .forEach(all::add);
    }
    all.sort(
        Comparator.comparing((MutationDetails d) -> d.getClassName().asJavaName())
            .thenComparing(d -> d.getId().toString()));
    Collections.shuffle(all, new Random(seed));
    return all.subList(0, Math.min(sample, all.size()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
