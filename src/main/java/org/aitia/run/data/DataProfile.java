package org.aitia.run.data;

import java.util.List;
import java.util.Map;
import org.aitia.run.value.Measured;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * What entered the model from one split, after preprocessing. Counts are -1 and numbers NaN when
 * not measured, and what cannot be was not: where fewer than no samples have a label, none was
 * counted, for the shares of the others would be wrong as well.
 *
 * @param shape shape of one input
 * @param missingFraction share of missing input values, 0 to 1
 * @param nonFinite number of NaN or infinite input values
 * @param labels number of samples a label; empty for regression
 * @param target moments of a regression target; null for classification
 * @param duplicates rows that also stand in the train split
 */
public record DataProfile(
    Split split,
    long samples,
    List<Integer> shape,
    double missingFraction,
    long nonFinite,
    Moments input,
    Map<String, Long> labels,
    Moments target,
    long duplicates,
    List<Column> columns,
    Source source) {
  public DataProfile {
    samples = Measured.count(samples);
    shape = List.copyOf(shape);
    missingFraction = Measured.share(missingFraction);
    nonFinite = Measured.count(nonFinite);
    labels = labels.values().stream().anyMatch(n -> n < 0) ? Map.of() : labels;
    duplicates = samples >= 0 && duplicates > samples ? -1 : Measured.count(duplicates);
    columns = List.copyOf(columns);
  }
}
