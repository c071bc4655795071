package org.aitia.observation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aitia.run.Run;

/** All observers, in the order in which they look at a run. */
public final class Observers {
  private static final List<Observer> ALL =
      List.of(
          new LossObserver(),
          new TrendObserver(),
          new EvaluationObserver(),
          new FormulaObserver(),
          new GradientObserver(),
          new ScheduleObserver(),
          new SettingsObserver(),
          new UpdateObserver(),
          new GradientFlowObserver(),
          new LayerObserver(),
          new NonFiniteObserver(),
          new ModelObserver(),
          new GraphObserver(),
          new WeightsObserver(),
          new OutputObserver(),
          new DataObserver(),
          new SplitObserver(),
          new LabelObserver(),
          new BatchObserver(),
          new TableObserver(),
          new ProbeObserver());

  private Observers() {}

  public static List<Observer> all() {
    return ALL;
  }

  /** Every measure that some observer can note, by id. */
  public static Map<String, Measure> measures() {
    return ALL.stream()
        .flatMap(o -> o.measures().stream())
        .collect(Collectors.toMap(Measure::id, Function.identity()));
  }

  /** Measures the run. */
  public static List<Observation> observe(Run run) {
    Notebook notes = new Notebook();
    for (Observer observer : ALL) {
      notes.subject(observer.subject());
      observer.observe(run, notes);
    }
    return notes.observations();
  }
}
