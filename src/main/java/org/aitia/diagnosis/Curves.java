package org.aitia.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Telling;
import org.aitia.observation.curve.Task;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.reasoning.fact.Symptom;
import org.aitia.run.Run;
import org.aitia.run.curve.Axis;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.Series;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.value.Split;

/** The curves that a reader of the diagnosis wants to see, thinned to what a picture can show. */
final class Curves {
  private static final int POINTS = 240;

  private Curves() {}

  static List<Diagnosis.Curve> of(Run run, Conclusions conclusions) {
    List<Diagnosis.Curve> found = new ArrayList<>();
    Task task = new Task(run);
    double guess = run.isClassification() && task.isCrossEntropy() ? task.chanceLoss() : Double.NaN;
    Double chance = Double.isFinite(guess) ? guess : null;
    for (SeriesKey key : run.series().keySet()) {
      boolean evaluation =
          key.axis() == Axis.EPOCH && key.split() != null && key.split() != Split.TEST;
      boolean step =
          key.axis() == Axis.STEP
              && (key.quantity().equals(Quantity.LOSS)
                  || key.quantity().equals(Quantity.LEARNING_RATE)
                  || key.quantity().equals(Quantity.GRADIENT_NORM));
      if (evaluation || step) {
        run.series(key.quantity(), key.split(), key.axis())
            .filter(s -> s.size() > 1)
            .ifPresent(
                s ->
                    found.add(
                        curve(
                            s, conclusions, key.quantity().equals(Quantity.LOSS) ? chance : null)));
      }
    }
    return found;
  }

  private static Diagnosis.Curve curve(Series s, Conclusions conclusions, Double chance) {
    int n = Math.min(POINTS, s.size());
    double[] steps = new double[n];
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      int at = n == 1 ? 0 : (int) Math.round((double) i * (s.size() - 1) / (n - 1));
      steps[i] = s.step(at);
      values[i] = s.value(at);
    }
    List<Diagnosis.Mark> marks = new ArrayList<>();
    Set<String> seen = conclusions.symptoms().stream().map(Symptom::id).collect(Collectors.toSet());
    for (Symptom symptom : conclusions.symptoms()) {
      Telling telling = symptom.type().telling();
      if (!telling.background()
          && telling.toldBy().stream().noneMatch(seen::contains)
          && symptom.type().severity() != Severity.NONE
          && symptom.observation() != null
          && symptom.observation().place().step() != null
          && symptom.observation().source() != null
          && symptom.observation().source().equals(s.source())) {
        marks.add(new Diagnosis.Mark(symptom.observation().place().step(), symptom.id()));
      }
    }
    String name =
        s.key().quantity()
            + (s.key().axis() == Axis.STEP && s.key().split() != null ? " (step)" : "");
    return new Diagnosis.Curve(
        name,
        s.key().split() == null ? null : s.key().split().id(),
        steps,
        values,
        marks,
        chance,
        axis(s));
  }

  /** Evaluations count steps where they tell their epochs besides. */
  private static String axis(Series s) {
    boolean steps =
        s.key().axis() == Axis.STEP
            || IntStream.range(0, s.size()).anyMatch(i -> Math.abs(s.epoch(i) - s.step(i)) > 1.5);
    return steps ? "step" : "epoch";
  }
}
