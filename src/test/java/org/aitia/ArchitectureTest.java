package org.aitia;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages are as {@code architecture.md} lists them, and no room is overfull. */
final class ArchitectureTest {
  private static final String ROOT = "org.aitia";

  /** What the build makes of the rules. */
  private static final String RULES = "org.aitia.rules";

  private static final int LONGEST = 300;
  private static final int MOST = 15;
  private static final String INFO = "package-info.java";
  private static final String REASON = "<p>Many files: ";

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PAGE = Path.of("src/docs/architecture.md");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** A line of a list: these packages know those; {@code x..} is x with its sub-packages. */
  private record Line(List<String> packages, List<String> known) {
    static Line of(String row) {
      String[] cells = row.split("\\|");
      return new Line(names(cells[1]), names(cells[cells.length - 1]));
    }

    private static List<String> names(String cell) {
      return NAME.matcher(cell).results().map(m -> m.group(1)).toList();
    }
  }

  private static List<Line> list(String head) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int at = lines.indexOf(head);
    assertThat(at).as(head).isNotNegative();
    return lines.stream().skip(at + 2).takeWhile(l -> l.startsWith("|")).map(Line::of).toList();
  }

  private static boolean covers(String pattern, String name) {
    return pattern.endsWith("..")
        ? (name + ".").startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  private static String within(String name) {
    return name.equals(ROOT) ? "aitia" : name.substring(ROOT.length() + 1);
  }

  private static Map<String, Set<String>> dependencies() {
    Map<String, Set<String>> known = new LinkedHashMap<>();
    for (JavaClass c : CLASSES) {
      if (c.getPackageName().startsWith(RULES)) {
        continue;
      }
      Set<String> from = known.computeIfAbsent(within(c.getPackageName()), k -> new TreeSet<>());
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String to = d.getTargetClass().getPackageName();
        if ((to + ".").startsWith(ROOT + ".") && !to.equals(c.getPackageName())) {
          from.add(within(to));
        }
      }
    }
    return known;
  }

  @Test
  void packagesKnowWhatTheyAreListedToKnowAndNothingElse() throws IOException {
    List<Line> list = list("| package | knows |");
    Map<String, Set<String>> dependencies = dependencies();
    List<String> problems = new ArrayList<>();
    dependencies.forEach(
        (name, known) -> {
          List<Line> lines = list.stream().filter(l -> l.packages.contains(name)).toList();
          if (lines.size() != 1) {
            problems.add(name + " is listed " + lines.size() + " times");
          }
          known.stream()
              .filter(
                  k -> lines.stream().flatMap(l -> l.known.stream()).noneMatch(p -> covers(p, k)))
              .forEach(k -> problems.add(name + " knows " + k));
        });
    for (Line line : list) {
      for (String name : line.packages) {
        if (!dependencies.containsKey(name)) {
          problems.add("there is no " + name);
        }
      }
      for (String pattern : line.known) {
        if (line.packages.stream()
            .flatMap(n -> dependencies.getOrDefault(n, Set.of()).stream())
            .noneMatch(k -> covers(pattern, k))) {
          problems.add(line.packages + " no longer know " + pattern);
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void noPackagesKnowEachOther() {
    SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void librariesAreKnownWhereTheyAreListed() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Line line : list("| library | known by |")) {
      Set<String> users = new TreeSet<>();
      for (JavaClass c : CLASSES) {
        boolean uses =
            c.getDirectDependenciesFromSelf().stream()
                .map(d -> d.getTargetClass().getPackageName())
                .anyMatch(p -> line.packages.stream().anyMatch(l -> covers(l + "..", p)));
        if (uses && !c.getPackageName().startsWith(RULES)) {
          users.add(within(c.getPackageName()));
        }
      }
      users.stream()
          .filter(u -> line.known.stream().noneMatch(p -> covers(p, u)))
          .forEach(u -> problems.add(u + " knows " + line.packages));
      line.known.stream()
          .filter(p -> users.stream().noneMatch(u -> covers(p, u)))
          .forEach(p -> problems.add(p + " no longer knows " + line.packages));
    }
    assertThat(problems).isEmpty();
  }

  /** A {@code File} holds its name as text: one that is no text leads to no file. */
  @Test
  void filesAreNamedByPaths() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".knowledge.read", ROOT + ".reasoning.rule")
        .and()
        .doNotHaveSimpleName("Alias")
        .should()
        .callMethod(Path.class, "toFile")
        .check(CLASSES);
  }

  @Test
  void noFileIsLong() throws IOException {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (Path file : sources()) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST) {
        found.put(SOURCES.relativize(file) + "", lines);
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noPackageIsFullWithoutAReason() throws IOException {
    Map<Path, List<Path>> folders =
        sources().stream()
            .filter(f -> !f.endsWith(INFO))
            .collect(Collectors.groupingBy(Path::getParent));
    Map<Path, Integer> found = new LinkedHashMap<>();
    for (Map.Entry<Path, List<Path>> folder : folders.entrySet()) {
      Path info = folder.getKey().resolve(INFO);
      boolean reasoned = Files.exists(info) && Files.readString(info).contains(REASON);
      if (folder.getValue().size() > MOST != reasoned) {
        found.put(folder.getKey(), folder.getValue().size());
      }
    }
    assertThat(found).as("more than " + MOST + " files, or a reason without need").isEmpty();
  }

  @Test
  void noTwoClassesHaveOneName() throws IOException {
    Map<String, List<Path>> named =
        sources().stream()
            .filter(f -> !f.endsWith(INFO))
            .collect(Collectors.groupingBy(f -> f.getFileName() + ""));
    assertThat(named.values().stream().filter(files -> files.size() > 1)).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(f -> f.toString().endsWith(".java")).toList();
    }
  }
}
