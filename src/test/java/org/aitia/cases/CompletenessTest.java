package org.aitia.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;

/**
 * Every cause has a case of each kind and every limit a value on each side, but for those listed in
 * {@code src/test/resources/cases-missing}: a list a family and one a subject, which may only
 * shrink. {@code -Dcases.shrink} takes out of the lists what is there by now.
 */
final class CompletenessTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "cases-missing");

  private final Knowledge knowledge = KnowledgeReader.compiled();

  @Test
  void whatIsMissingIsListedAndWhatIsListedIsMissing() throws IOException {
    Map<String, Set<String>> missing = new TreeMap<>();
    causes(missing);
    limits(missing);
    if (System.getProperty("cases.shrink") != null) {
      shrink(missing);
    }
    Set<String> listed = new TreeSet<>();
    Set<String> found = new TreeSet<>();
    // Without any list nothing may be missing.
    try (Stream<Path> files = Files.exists(LISTS) ? Files.list(LISTS) : Stream.empty()) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).toList()) {
        String list = file.getFileName().toString().replace(".txt", "");
        Files.readAllLines(file).forEach(line -> listed.add(list + ": " + line));
      }
    }
    missing.forEach((list, lines) -> lines.forEach(line -> found.add(list + ": " + line)));
    Set<String> more = new TreeSet<>(found);
    more.removeAll(listed);
    assertThat(more).as("cases that are missing: write them").isEmpty();
    Set<String> less = new TreeSet<>(listed);
    less.removeAll(found);
    assertThat(less)
        .as("listed as missing, but there: -Dcases.shrink takes them out of %s", LISTS)
        .isEmpty();
  }

  private void causes(Map<String, Set<String>> missing) throws IOException {
    List<Case> cases = CaseReader.cases(CasesTest.FOLDER, knowledge);
    knowledge
        .causes()
        .values()
        .forEach(
            cause -> {
              Set<Case.Kind> lacking = EnumSet.allOf(Case.Kind.class);
              cases.stream()
                  .filter(c -> c.cause().equals(cause.id()) && c.doubt() == null)
                  .forEach(c -> lacking.removeAll(c.kinds()));
              Set<String> lines = missing.computeIfAbsent(cause.family(), f -> new TreeSet<>());
              lacking.forEach(
                  k ->
                      lines.add(
                          cause.id() + " " + k.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            });
  }

  private void limits(Map<String, Set<String>> missing) throws IOException {
    Map<String, LimitCase> values = CaseReader.limits(CasesTest.FOLDER, knowledge);
    for (SymptomType type : knowledge.symptoms().values()) {
      if (type.threshold() != null && type.sign() == null) {
        Set<String> lines =
            missing.computeIfAbsent("limits-" + type.subject(), f -> new TreeSet<>());
        LimitCase.lacking(type.threshold(), values.get(type.id()))
            .forEach(side -> lines.add(type.id() + " " + side));
      }
    }
  }

  /** Lines that are no longer true go; none is added. */
  private static void shrink(Map<String, Set<String>> missing) throws IOException {
    for (Map.Entry<String, Set<String>> list : missing.entrySet()) {
      Path file = LISTS.resolve(list.getKey() + ".txt");
      if (Files.exists(file)) {
        List<String> left = new ArrayList<>(Files.readAllLines(file));
        left.retainAll(list.getValue());
        if (left.isEmpty()) {
          Files.delete(file);
        } else {
          Files.write(file, left);
        }
      }
    }
  }
}
