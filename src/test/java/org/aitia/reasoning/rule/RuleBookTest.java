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

  /** Letters that are not ASCII too, whatever the locale of the build. */
  @Test
  void rulesAreNamedAsInTheirFiles() throws IOException {
    Set<String> written = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".drl")).toList()) {
        NAME.matcher(Files.readString(file)).results().forEach(m -> written.add(m.group(1)));
      }
    }
    assertThat(RuleBook.builtIn().entries().keySet()).isEqualTo(written);
  }
}
