package org.aitia;

import java.util.List;
import java.util.Set;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Writer;
import org.aitia.evidence.Kinds;
import org.aitia.fact.Conclusions;
import org.aitia.inference.Reasoner;
import org.aitia.inference.RuleBook;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeReader;
import org.aitia.knowledge.Language;
import org.aitia.observation.Observation;
import org.aitia.observation.Observers;
import org.aitia.run.Run;

/** The whole way from a run to its diagnosis. Safe for concurrent use. */
public final class Diagnoser {
  private final Knowledge knowledge;
  private final Reasoner reasoner;

  public Diagnoser(Knowledge knowledge, RuleBook rules) {
    this.knowledge = knowledge;
    this.reasoner = new Reasoner(knowledge, rules);
  }

  /** A diagnoser with the knowledge and the rules that the program brings along. */
  public static Diagnoser builtIn() {
    return new Diagnoser(KnowledgeReader.compiled(), RuleBook.builtIn());
  }

  public Knowledge knowledge() {
    return knowledge;
  }

  public RuleBook rules() {
    return reasoner.rules();
  }

  /** Diagnoses a run. */
  public Diagnosis diagnose(Run run, Language language) {
    List<Observation> observations = Observers.observe(run);
    Set<String> evidence = Kinds.of(run);
    Conclusions conclusions = reasoner.conclude(observations, run.report(), evidence);
    return Writer.write(knowledge, language, run, conclusions, evidence);
  }
}
