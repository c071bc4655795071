package org.aitia.observation;

import java.util.List;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.Run;

/** Observing with the limits of the knowledge base. */
public final class Observing {
  public static final LimitValues LIMITS =
      new LimitValues(KnowledgeReader.compiled().limitValues());

  private Observing() {}

  public static Notebook notebook() {
    return new Notebook(LIMITS);
  }

  public static Notebook measure(Run run, Companions companions) {
    return Observers.measure(Observers.all(), run, companions, LIMITS.values());
  }

  public static List<Observation> observe(Run run, Companions companions) {
    return measure(run, companions).observations();
  }
}
