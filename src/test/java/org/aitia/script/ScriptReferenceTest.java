package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts, without any other file, held against the script of a run known to be good. */
class ScriptReferenceTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();

  @TempDir Path folder;

  private Run run(String name, String script) throws IOException {
    return WrittenSettings.added(
        Scripts.read(Files.createDirectories(folder.resolve(name)), script));
  }

  /** The settings that differ, as {@code value detail place}; lines are another matter. */
  private Map<String, String> differences(String here, String there) throws IOException {
    Run reference = run("reference", there);
    return Observing.observe(run("here", here), new Companions(reference, null)).stream()
        .filter(o -> o.subject().equals(Comparers.REFERENCE))
        .filter(o -> !o.measure().id().startsWith("reference-script-"))
        .filter(o -> o.value() != (o.measure().unit().equals("ratio") ? 1 : 0))
        .collect(Collectors.toMap(o -> o.measure().id(), ScriptReferenceTest::told));
  }

  private static String told(Observation o) {
    return o.detail() + " " + o.source();
  }

  @Test
  void sameScript() throws IOException {
    assertThat(differences(Scripts.CLASSIFIER, Scripts.CLASSIFIER)).isEmpty();
  }

  @Test
  void whatBothWriteOut() throws IOException {
    assertThat(
            differences(
                Scripts.CLASSIFIER
                    .replace("Dropout(0.3)", "Dropout(0.6)")
                    .replace("lr=0.05", "lr=5.0")
                    .replace("range(12)", "range(2)"),
                Scripts.CLASSIFIER))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "reference-dropout", "0.6 [train.py:5] ≠ 0.3 [train.py:5] train.py:5",
                "reference-learning-rate", "50 [train.py:7] ≠ 0.5 [train.py:7] train.py:7",
                "reference-epochs", "2 [train.py:8] ≠ 12 [train.py:8] train.py:8"));
  }

  @Test
  void whatOneLeavesToTheCommandLineIsNotCompared() throws IOException {
    String parsed =
        "import argparse\nparser = argparse.ArgumentParser()\n"
            + "parser.add_argument('--wd', type=float, default=0.1)\nargs = parser.parse_args()\n"
            + Scripts.CLASSIFIER.replace("weight_decay=1e-4", "weight_decay=args.wd");
    assertThat(differences(parsed, Scripts.CLASSIFIER)).isEmpty();
    assertThat(differences(Scripts.CLASSIFIER, parsed)).isEmpty();
    assertThat(
            differences(Scripts.CLASSIFIER, Scripts.CLASSIFIER.replace(", weight_decay=1e-4", "")))
        .isEmpty();
  }

  @Test
  void namedInTheDiagnosis() throws IOException {
    Run here = run("here", Scripts.CLASSIFIER.replace("lr=0.05", "lr=5.0"));
    Run reference = run("reference", Scripts.CLASSIFIER);
    Diagnosis diagnosis =
        DIAGNOSER.examine(here, new Companions(reference, null)).diagnose(Language.EN);
    assertThat(diagnosis.reference().differences())
        .extracting(Diagnosis.Difference::text)
        .singleElement()
        .asString()
        .contains("50 [train.py:7] ≠ 0.5 [train.py:7]");
  }
}
