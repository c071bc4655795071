package org.aitia.any;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.observation.Observing;
import org.aitia.report.DiagnosisJson;
import org.aitia.run.Companions;
import org.aitia.run.Run;

/** Whatever values the files of a run hold, the run is read, measured and diagnosed. */
final class AnyFilesTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @Property(seed = "17", tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void areReadAndDiagnosed(
      @ForAll @LongRange(max = 1_000_000) long seed, @ForAll @IntRange(max = 3) int wildness)
      throws IOException {
    Path folder = Files.createTempDirectory("any");
    try {
      AnyFiles.write(folder, seed, List.of(0.0, 0.02, 0.2, 1.0).get(wildness));
      Run run = RunFolder.read("made", folder, Progress.NONE, List.of(), Vocabulary.base());
      assertThat(run.failures()).isEmpty();
      Ranges.check(Observing.measure(run, new Companions(run, null)));
      if (wildness == 0) {
        assertThat(run.series()).isNotEmpty();
      }
      for (Language language : Language.values()) {
        String json = DiagnosisJson.lines().render(DIAGNOSER.diagnose(run, language));
        assertThat(json).contains("\"verdict\"");
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
      }
    }
  }
}
