package org.aitia.diagnosis;

import java.util.List;
import java.util.Set;
import org.aitia.observation.measure.Observation;
import org.aitia.reasoning.fact.Conclusions;
import org.aitia.run.Run;

/**
 * The run before the last repair, with what was concluded about it.
 *
 * @param evidence kinds of evidence that it holds
 * @param changes how this run differs from it
 */
public record Before(
    Run run, Conclusions conclusions, Set<String> evidence, List<Observation> changes) {}
