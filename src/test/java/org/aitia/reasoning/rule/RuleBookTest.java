package org.aitia.reasoning.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RuleBookTest {
  private static final Pattern NAME = Pattern.compile("(?m)^rule \"([^\"]+)\"");
  private static final Pattern NO_PATTERN = Pattern.compile("(?m)^when\\s+(not|exists|forall)\\b");

  /** Letters that are not ASCII too, whatever the locale of the build. */
  @Test
  void rulesAreNamedAsInTheirFiles() throws IOException {
    assertThat(RuleBook.builtIn().entries().keySet()).isEqualTo(found(NAME));
  }

  /**
   * A rule that begins otherwise shares its first node with the accumulate of another, which then
   * falls silent (Drools 10.2).
   */
  @Test
  void everyRuleBeginsWithAPlainPattern() throws IOException {
    assertThat(found(NO_PATTERN)).isEmpty();
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".drl")).toList()) {
        pattern.matcher(Files.readString(file)).results().forEach(m -> found.add(m.group(1)));
      }
    }
    return found;
  }
}
