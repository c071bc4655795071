package org.aitia.service.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Words;
import org.aitia.report.document.DiagnosisView;
import org.aitia.report.document.Panels;

/**
 * The curves as numbers, for the script that draws them. JSON has no NaN: values that are not
 * finite are null, and their steps stand apart.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CurvePoints(List<Stack> stacks) {
  /** Panels over one axis. */
  record Stack(String axis, String label, List<Panel> panels) {}

  /**
   * A quantity.
   *
   * @param guess label of the level of guessing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Panel(
      String id, String title, List<Line> lines, List<Mark> marks, Double chance, String guess) {}

  /** A curve of a split. */
  record Line(String split, String label, double[] steps, List<Double> values, List<Double> lost) {}

  record Mark(String id, int number, double step, String text) {}

  static CurvePoints of(DiagnosisView view) {
    return new CurvePoints(
        view.panels().stacks().stream()
            .map(
                s ->
                    new Stack(
                        s.axis(),
                        s.label(),
                        s.panels().stream().map(p -> panel(p, view.words())).toList()))
            .toList());
  }

  private static Panel panel(Panels.Panel p, Words words) {
    return new Panel(
        p.id(),
        p.title(),
        p.curves().stream().map(c -> line(c, words)).toList(),
        p.marks().stream().map(m -> new Mark(m.id(), m.number(), m.step(), m.text())).toList(),
        p.chance(),
        p.chance() == null ? null : words.say("curve-chance"));
  }

  private static Line line(Diagnosis.Curve c, Words words) {
    List<Double> values = new ArrayList<>();
    List<Double> lost = new ArrayList<>();
    for (int i = 0; i < c.values().length; i++) {
      boolean finite = Double.isFinite(c.values()[i]);
      values.add(finite ? c.values()[i] : null);
      if (!finite) {
        lost.add(c.steps()[i]);
      }
    }
    String split = c.split() == null ? "train" : c.split();
    return new Line(split, c.split() == null ? "" : words.split(split), c.steps(), values, lost);
  }
}
