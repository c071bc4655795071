package org.aitia.observation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.limit.Failure.Part;
import org.aitia.observation.curve.BeginningObserver;
import org.aitia.observation.curve.BreakdownObserver;
import org.aitia.observation.curve.CourseLimits;
import org.aitia.observation.curve.GradientObserver;
import org.aitia.observation.curve.LossFormObserver;
import org.aitia.observation.curve.LossObserver;
import org.aitia.observation.curve.ShortBatchObserver;
import org.aitia.observation.curve.TrendObserver;
import org.aitia.observation.curve.ValidationLossObserver;
import org.aitia.observation.data.BatchObserver;
import org.aitia.observation.data.DataObserver;
import org.aitia.observation.data.Inputs;
import org.aitia.observation.data.LabelObserver;
import org.aitia.observation.data.SplitObserver;
import org.aitia.observation.evaluation.EvaluationObserver;
import org.aitia.observation.evaluation.FormulaObserver;
import org.aitia.observation.evaluation.GeneralisationObserver;
import org.aitia.observation.evaluation.ImprovementObserver;
import org.aitia.observation.evaluation.ModeObserver;
import org.aitia.observation.layer.BatchSumObserver;
import org.aitia.observation.layer.GradientFlowObserver;
import org.aitia.observation.layer.InitialWeightsObserver;
import org.aitia.observation.layer.LayerObserver;
import org.aitia.observation.layer.NonFiniteObserver;
import org.aitia.observation.layer.TroubleObserver;
import org.aitia.observation.layer.UpdateObserver;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.model.GraphObserver;
import org.aitia.observation.model.HeadObserver;
import org.aitia.observation.model.LinearChainObserver;
import org.aitia.observation.model.ModelObserver;
import org.aitia.observation.model.OriginObserver;
import org.aitia.observation.model.OutputObserver;
import org.aitia.observation.model.RecordedWeights;
import org.aitia.observation.model.Structure;
import org.aitia.observation.model.WeightsObserver;
import org.aitia.observation.outlook.Checkpoint;
import org.aitia.observation.outlook.Speed;
import org.aitia.observation.settings.RegularisationObserver;
import org.aitia.observation.settings.ScheduleObserver;
import org.aitia.observation.settings.SettingsObserver;
import org.aitia.observation.table.ColumnObserver;
import org.aitia.observation.table.DriftObserver;
import org.aitia.observation.table.OrderObserver;
import org.aitia.observation.table.ProbeObserver;
import org.aitia.observation.table.TableObserver;
import org.aitia.observation.training.AdversaryObserver;
import org.aitia.observation.training.AverageObserver;
import org.aitia.observation.training.BoostingObserver;
import org.aitia.observation.training.PolicyObserver;
import org.aitia.observation.training.RankObserver;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.script.ScriptObserver;

/** All observers, in the order in which they look at a run. */
public final class Observers {
  private static final List<Observer> ALL =
      List.of(
          new BreakdownObserver(),
          new BeginningObserver(),
          new LossObserver(),
          new ShortBatchObserver(),
          new LossFormObserver(),
          new ValidationLossObserver(),
          new TrendObserver(),
          new EvaluationObserver(),
          new ImprovementObserver(),
          new GeneralisationObserver(),
          new ModeObserver(),
          new FormulaObserver(),
          new GradientObserver(),
          new ScheduleObserver(),
          new SettingsObserver(),
          new RegularisationObserver(),
          new UpdateObserver(),
          new GradientFlowObserver(),
          new InitialWeightsObserver(),
          new LayerObserver(),
          new BatchSumObserver(),
          new NonFiniteObserver(),
          new TroubleObserver(),
          new ModelObserver(),
          new LinearChainObserver(),
          new OriginObserver(),
          new GraphObserver(),
          new WeightsObserver(),
          new RecordedWeights(),
          new OutputObserver(),
          new HeadObserver(),
          new DataObserver(),
          new SplitObserver(),
          new LabelObserver(),
          new BatchObserver(),
          new TableObserver(),
          new OrderObserver(),
          new ColumnObserver(),
          new DriftObserver(),
          new ProbeObserver(),
          new PolicyObserver(),
          new RankObserver(),
          new AdversaryObserver(),
          new BoostingObserver(),
          new AverageObserver(),
          new ScriptObserver());

  /** Of what several observers look at, and of what is told beside them. */
  private static final List<List<Limit>> SHARED =
      List.of(
          CourseLimits.ALL,
          CourseLimits.OF_COURSE,
          Structure.LIMITS,
          Inputs.LIMITS,
          Checkpoint.LIMITS,
          Speed.LIMITS);

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

  /** What is told beside the measures, and is decided by limits as well. */
  public static Set<String> outlook() {
    return Set.of("checkpoint", "speed");
  }

  /** The ids of every limit that some observer may ask for. */
  public static Set<String> limits() {
    return Stream.of(
            ALL.stream().flatMap(o -> o.limits().stream()),
            Comparers.limits().stream(),
            SHARED.stream().flatMap(List::stream))
        .flatMap(limits -> limits)
        .map(Limit::id)
        .collect(Collectors.toSet());
  }

  /**
   * What these observers measure of the run, and how it differs from a reference where there is
   * one; the notes hold the observers that failed, too.
   *
   * @param limits values of the limits that they ask for, by id
   */
  public static Notebook measure(
      List<Observer> observers, Run run, Companions companions, Map<String, Double> limits) {
    Notebook notes = new Notebook(new LimitValues(limits));
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
