package org.aitia.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountsTest {
  @TempDir Path folder;

  /** A rule that full files leave silent is counted where it speaks, if it does so often enough. */
  @Test
  void areCompletedByThoseOfTheSameRunsWithFewerFiles() {
    Counts full = new Counts(9, Map.of("a", 4), Map.of("spoke", fired("a", 3, 0)));
    Counts bare =
        new Counts(
            8,
            Map.of("a", 3),
            Map.of(
                "spoke", fired("a", 1, 7),
                "silent", fired("a", 2, 3),
                "once", fired("a", 1, 0)));
    Counts both = full.or(bare, 4);
    assertThat(both.runs()).isEqualTo(9);
    assertThat(both.having("a")).isEqualTo(4);
    assertThat(both.rules()).containsOnlyKeys("silent", "spoke");
    assertThat(both.of("spoke", "a")).isEqualTo(new Counts.Fired(3, 0));
    assertThat(both.of("silent", "a")).isEqualTo(new Counts.Fired(2, 3));
  }

  private static Map<String, Counts.Fired> fired(String cause, int right, int wrong) {
    return Map.of(cause, new Counts.Fired(right, wrong));
  }

  /** Each start of Java iterates over its immutable maps in another order. */
  @Test
  void areWrittenInTheOrderOfTheirNames() throws IOException {
    Map<String, Integer> causes = Map.of("e", 5, "b", 2, "d", 4, "a", 1, "c", 3);
    Map<String, Counts.Fired> fired = Map.of("a", new Counts.Fired(1, 0));
    Path file = folder.resolve("counts.yaml");
    KnowledgeReader.write(new Counts(15, causes, Map.of("z", fired, "x", fired, "y", fired)), file);
    assertThat(Files.readAllLines(file).stream().filter(l -> l.matches(" {2}\\S.*")))
        .extracting(l -> l.strip().replace("\"", "").substring(0, 1))
        .containsExactly("a", "b", "c", "d", "e", "x", "y", "z");
  }
}
