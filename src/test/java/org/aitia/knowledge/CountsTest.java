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
