package org.aitia.observation;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.limit.Failure.Part;
import org.aitia.observation.script.ScriptObserver;
import org.aitia.run.Companions;
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
          new ColumnObserver(),
          new DriftObserver(),
          new ProbeObserver(),
          new ScriptObserver());

  private Observers() {}

  public static List<Observer> all() {
    return ALL;
  }

  /** Every measure that some observer can note, by id. */
  public static Map<String, Measure> measures() {
    return Stream.concat(
            ALL.stream().flatMap(o -> o.measures().stream()), Comparers.measures().stream())
        .collect(Collectors.toMap(Measure::id, Function.identity()));
  }

  /** What can be measured of the run, and how it differs from a reference where there is one. */
  public static List<Observation> observe(Run run, Companions companions) {
    return measure(run, companions).observations();
  }

  /** Measures the run; the notes hold the observers that failed, too. */
  public static Notebook measure(Run run, Companions companions) {
    return measure(ALL, run, companions);
  }

  /** Measures the run with these observers only. */
  public static Notebook measure(List<Observer> observers, Run run, Companions companions) {
    Notebook notes = new Notebook();
    for (Observer observer : observers) {
      notes.subject(observer.subject());
      notes.attempt(Part.OBSERVER, observer.subject(), () -> observer.observe(run, notes));
    }
    if (companions.reference() != null) {
      Comparers.reference(run, companions.reference(), notes);
    }
    return notes;
  }
}
