package org.aitia.observation;

import java.util.List;
import java.util.Map;
import org.aitia.limit.Failure.Part;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Limit;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.reference.ArrayComparer;
import org.aitia.observation.reference.DataComparer;
import org.aitia.observation.reference.EnvironmentComparer;
import org.aitia.observation.reference.GraphComparer;
import org.aitia.observation.reference.LabelComparer;
import org.aitia.observation.reference.LayerComparer;
import org.aitia.observation.reference.LossComparer;
import org.aitia.observation.reference.ModelComparer;
import org.aitia.observation.reference.ResultComparer;
import org.aitia.observation.reference.ScriptComparer;
import org.aitia.observation.reference.SettingsComparer;
import org.aitia.observation.reference.WeightsComparer;
import org.aitia.run.Run;

/** All comparers, in the order in which they hold a run against another one. */
public final class Comparers {
  /** The subject under which a run held against its reference is observed. */
  public static final String REFERENCE = "reference";

  private static final List<Comparer> ALL =
      List.of(
          new ResultComparer(),
          new SettingsComparer(),
          new EnvironmentComparer(),
          new ModelComparer(),
          new GraphComparer(),
          new DataComparer(),
          new LabelComparer(),
          new LossComparer(),
          new LayerComparer(),
          new WeightsComparer(),
          new ScriptComparer(),
          new ArrayComparer());

  private Comparers() {}

  static List<Measure> measures() {
    return ALL.stream().flatMap(c -> c.measures().stream()).toList();
  }

  static List<Limit> limits() {
    return ALL.stream().flatMap(c -> c.limits().stream()).toList();
  }

  /** Notes how a run differs from a run known to be good. */
  static void reference(Run run, Run reference, Notebook notes) {
    notes.subject(REFERENCE);
    compare(run, reference, notes);
  }

  private static void compare(Run run, Run other, Notebook notes) {
    Contrast contrast = new Contrast(notes);
    for (Comparer comparer : ALL) {
      notes.attempt(
          Part.COMPARER, comparer.subject(), () -> comparer.compare(run, other, contrast));
    }
  }

  /** How a run differs from another one, whichever it is; the notes hold what failed, too. */
  public static Notebook differences(Run run, Run other, Map<String, Double> limits) {
    Notebook notes = new Notebook(new LimitValues(limits));
    compare(run, other, notes);
    return notes;
  }
}
