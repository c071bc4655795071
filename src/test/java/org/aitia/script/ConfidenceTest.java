package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.observation.measure.Confidence;
import org.aitia.observation.measure.Observation;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfidenceTest {
  private static final Diagnoser DIAGNOSER = Diagnoser.builtIn();
  private static final String NO_ZERO =
      Scripts.CLASSIFIER.replace("        optimizer.zero_grad()\n", "");

  @TempDir Path folder;

  private Confidence confidence(String measure, String script) throws IOException {
    return Scripts.findings(folder, script).stream()
        .filter(o -> o.measure().id().equals(measure))
        .map(Observation::confidence)
        .findFirst()
        .orElseThrow(() -> new AssertionError(measure + " not found"));
  }

  @Test
  void everythingWrittenDown() throws IOException {
    assertThat(confidence("script-no-zero-grad", NO_ZERO)).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void behindATestThatIsNotKnown() throws IOException {
    assertThat(
            confidence(
                "script-no-zero-grad",
                NO_ZERO
                    .replace("for epoch", "if cuda():\n  for epoch")
                    .replace("\n    ", "\n      ")))
        .isEqualTo(Confidence.LIKELY);
    assertThat(
            confidence(
                "script-no-zero-grad",
                NO_ZERO.replace("optimizer.step()", "if True:\n            optimizer.step()")))
        .isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void inAFunctionThatNobodyCalls() throws IOException {
    String function =
        """
        def train(model, optimizer, loader, criterion):
            for x, y in loader:
                loss = criterion(model(x), y)
                loss.backward()
                optimizer.step()
        """;
    assertThat(confidence("script-no-zero-grad", "import torch\n" + function))
        .isEqualTo(Confidence.LIKELY);
  }

  @Test
  void defaultOfTheCommandLine() throws IOException {
    String script =
        """
        import argparse, torch
        parser = argparse.ArgumentParser()
        parser.add_argument("--lr", type=float, default=%s)
        args = parser.parse_args()
        net = torch.nn.Linear(4, 2)
        optimizer = torch.optim.Adam(net.parameters(), lr=%s)
        """;
    assertThat(confidence("script-adaptive-rate", script.formatted("3.0", "args.lr")))
        .isEqualTo(Confidence.LIKELY);
    assertThat(confidence("script-adaptive-rate", script.formatted("3.0", "4.0")))
        .isEqualTo(Confidence.CERTAIN);
  }

  private Diagnosis diagnosis(String script, Language language) throws IOException {
    return DIAGNOSER.diagnose(Scripts.read(folder, script), language);
  }

  @Test
  void countsForTheProbability() throws IOException {
    String likely =
        NO_ZERO.replace("for epoch", "if cuda():\n  for epoch").replace("\n    ", "\n      ");
    double sure = diagnosis(NO_ZERO, Language.EN).causes().get(0).probability();
    double less = diagnosis(likely, Language.EN).causes().get(0).probability();
    assertThat(sure).isGreaterThan(less);
    assertThat(less).isGreaterThan(0.5);
  }

  @Test
  void shownEverywhere() throws IOException {
    Diagnosis diagnosis = diagnosis(NO_ZERO, Language.EN);
    Knowledge knowledge = DIAGNOSER.knowledge();
    String line = "optimizer.step() [certain]";
    assertThat(diagnosis.symptoms()).anySatisfy(s -> assertThat(s.text()).endsWith(line));
    assertThat(diagnosis.causes().get(0).supports().get(0).text()).endsWith(line);
    assertThat(DiagnosisJson.lines().render(diagnosis)).contains("\"confidence\":\"certain\"");
    assertThat(new HtmlReport(knowledge).render(diagnosis)).contains(line);
    assertThat(new MarkdownReport(knowledge, null).render(diagnosis)).contains("certain");
    assertThat(diagnosis(NO_ZERO, Language.ZH).symptoms())
        .anySatisfy(s -> assertThat(s.text()).endsWith("optimizer.step() ［确定］"));
  }
}
