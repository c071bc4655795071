package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.observation.Observing;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts with a fault, and the same without it: the fault is found where a comment says, and the
 * other is left alone.
 */
class PairsTest {
  private static final Path PAIRS = Path.of("src/test/resources/scripts/pairs");
  private static final String MARK = "  # finds: ";
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  static Stream<Path> pairs() throws IOException {
    try (Stream<Path> pairs = Files.list(PAIRS)) {
      return pairs.sorted().toList().stream();
    }
  }

  private static Run read(Path script) throws IOException {
    return RunFolder.read(script.toString(), script, Progress.NONE, List.of(), Vocabulary.base());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void foundWhereItStands(Path pair) throws IOException {
    Path script = pair.resolve("faulty.py");
    List<String> lines = Files.readAllLines(script);
    int line = IntStream.range(0, lines.size()).filter(i -> lines.get(i).contains(MARK)).sum() + 1;
    String finds = lines.get(line - 1).split(MARK)[1];
    assertThat(Observing.observe(read(script), Companions.NONE))
        .anyMatch(
            o -> o.measure().id().equals(finds) && o.source().tag().equals(String.valueOf(line)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void leftAlone(Path pair) throws IOException {
    Path script = pair.resolve("sound.py");
    assertThat(
            DIAGNOSER.diagnose(read(script), Language.EN).symptoms().stream()
                .map(Diagnosis.Symptom::id)
                .filter(s -> s.startsWith("script-")))
        .isEmpty();
    assertThat(Observing.observe(read(script), Companions.NONE))
        .filteredOn(o -> o.subject().equals("script") && o.measure().unit().equals("flag"))
        .isEmpty();
  }
}
