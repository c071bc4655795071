package org.aitia.report.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.report.Sample;
import org.aitia.report.Scale;
import org.aitia.report.Words;
import org.aitia.report.terminal.Sparkline;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class ChartTest {
  private final Chart chart = new Chart(new Words(Sample.knowledge(), Language.EN));

  @Test
  void everyPictureIsWellFormed() {
    for (Diagnosis d : List.of(Sample.faulty("zh"), Sample.hostile())) {
      var pictures = new MarkdownReport(Sample.knowledge(), "x/").pictures(d);
      assertThat(pictures).hasSize(2);
      assertThat(pictures.keySet()).allMatch(n -> n.matches("[a-z0-9-]+\\.svg"));
      pictures.values().forEach(ChartTest::wellFormed);
    }
  }

  @Test
  void oddCurvesAreDrawn() {
    double inf = Double.POSITIVE_INFINITY;
    for (double[] values :
        new double[][] {
          {1, 1},
          {0, 0},
          {Double.NaN, Double.NaN},
          {-inf, inf},
          {1e-300, 1e300},
          {-1e308, 1e308},
          {0, 1e-9, 1e6},
          {5, Double.NaN},
          {Double.MIN_VALUE, 1}
        }) {
      Diagnosis.Curve curve =
          new Diagnosis.Curve("loss", "train", Sample.steps(values.length), values, List.of());
      String svg = chart.svg(panel(curve, null));
      wellFormed(svg);
      assertThat(svg).doesNotContain("\"NaN", "Infinity").doesNotContainPattern(" d=\"[^\"]*NaN");
      assertThat(Sparkline.of(values, Scale.of(List.of(curve)), 20)).hasSizeLessThanOrEqualTo(20);
    }
  }

  private static Panels.Panel panel(Diagnosis.Curve curve, Double chance) {
    return new Panels.Panel("1", "loss", "epoch", List.of(curve), List.of(), chance);
  }

  private static Diagnosis.Curve loss(double... values) {
    return new Diagnosis.Curve("loss", "train", Sample.steps(values.length), values, List.of());
  }

  @Test
  void theMarksOfLostValuesGoOnToTheEnd() {
    double[] values = new double[200];
    java.util.Arrays.fill(values, Double.NaN);
    values[0] = 1;
    String svg = chart.svg(panel(loss(values), null));
    // from the second point of 200 to the right edge of the plot, which ends 16 before the picture
    assertThat(svg).containsPattern("M67\\.\\d 40H704\\.0");
  }

  @Test
  void noLevelsAreInventedForACurveThatIsLostThroughout() {
    String svg = chart.svg(panel(loss(Double.NaN, Double.NaN), 2.3));
    assertThat(svg).doesNotContain("text-anchor=\"end\">0", "class=\"chance-line\"");
    assertThat(chart.svg(panel(loss(1, 2), null))).contains("text-anchor=\"end\">1.5<");
  }

  @Test
  void aFlatLossLooksFlat() {
    Scale scale = Scale.of(List.of(loss(2.302, 2.304, 2.303))).wide();
    assertThat(scale.high() - scale.low()).isGreaterThan(0.23).isLessThan(0.24);
  }

  @Test
  void theLevelOfGuessingIsDrawnWhereItIsNear() {
    assertThat(chart.svg(panel(loss(2.4, 1.9), Math.log(10)))).contains("class=\"chance-line\"");
    assertThat(Scale.of(List.of(loss(1, 2))).with(50.0).high()).isEqualTo(2);
  }

  @Test
  void epochsAndStepsNeverShareAChart() {
    Diagnosis.Curve batches =
        new Diagnosis.Curve(
            "learning-rate", null, Sample.steps(3), new double[] {1, 2, 3}, List.of());
    Diagnosis.Curve epochs =
        new Diagnosis.Curve(
            "learning-rate", "train", Sample.steps(3), new double[] {1, 2, 3}, List.of());
    Diagnosis d = Sample.with(List.of(batches, epochs));
    List<Panels.Panel> panels = new DiagnosisView(Sample.knowledge(), d).panels().all();
    assertThat(panels).extracting(Panels.Panel::axis).containsExactlyInAnyOrder("step", "epoch");
  }

  @Test
  void decadesAreLogarithmicWithRoundTicks() {
    Diagnosis.Curve curve =
        new Diagnosis.Curve(
            "loss", "train", Sample.steps(3), new double[] {1e-3, 1, 1e3}, List.of());
    Scale scale = Scale.of(List.of(curve));
    assertThat(scale.log()).isTrue();
    assertThat(scale.at(1)).isEqualTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(new Scale(0, 1, false).ticks(5))
        .containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
  }

  private static void wellFormed(String svg) {
    assertThatCode(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg))))
        .doesNotThrowAnyException();
    assertThat(svg).contains("<title id=\"t\">", "<desc id=\"d\">", "prefers-color-scheme:dark");
  }
}
