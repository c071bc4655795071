package org.aitia.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aitia.limit.Budget;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every input of the corpus again: seeds, and what the fuzzer once broke the program with. */
class FuzzCorpusTest {
  private static final Path CORPUS = Path.of("src/fuzz/corpus");

  /** What the fuzzer allows an input, with room for a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> inputs() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : FuzzTarget.names()) {
      FuzzTarget.Target target = FuzzTarget.of(name, folder);
      for (Path input : files(CORPUS.resolve(name))) {
        tests.add(
            DynamicTest.dynamicTest(
                name + "/" + input.getFileName(),
                () ->
                    Budget.of(PATIENCE)
                        .run(
                            () -> {
                              target.take(Files.readAllBytes(input));
                              return null;
                            })));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyTargetHasSeeds() {
    return FuzzTarget.names().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> assertThat(files(CORPUS.resolve(name))).isNotEmpty()));
  }

  /** A target whose reader passes its seeds over would be fuzzed in vain. */
  @TestFactory
  Stream<DynamicTest> everyReaderKnowsOneOfItsSeeds() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : FuzzTarget.names()) {
      if (FuzzTarget.of(name, folder) instanceof OneReader reader) {
        tests.add(DynamicTest.dynamicTest(name, () -> assertThat(knowsOne(reader, name)).isTrue()));
      }
    }
    return tests.stream();
  }

  private static boolean knowsOne(OneReader reader, String name) throws IOException {
    boolean known = false;
    for (Path input : files(CORPUS.resolve(name))) {
      known |= reader.taken(Files.readAllBytes(input));
    }
    return known;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
