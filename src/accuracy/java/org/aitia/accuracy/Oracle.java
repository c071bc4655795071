package org.aitia.accuracy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.aitia.knowledge.Question;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;

/**
 * A simulated user who answers truthfully where the full record of the run or the nature of the
 * fault that was put in tells, and "unknown" elsewhere. What the reasoner makes of an answer plays
 * no part in it.
 */
final class Oracle {
  private static final String UNKNOWN = "unknown";

  private final OracleSheet sheet;
  private final LabelledRun labelled;
  private final Run run;
  private final Map<String, List<Observation>> observations;

  Oracle(OracleSheet sheet, LabelledRun labelled) {
    this.sheet = sheet;
    this.labelled = labelled;
    this.run = labelled.full().run();
    this.observations =
        labelled.full().conclude(Map.of()).observations().stream()
            .collect(Collectors.groupingBy(o -> o.measure().id()));
  }

  /** The answer, or {@code unknown}. */
  String answer(Question question) {
    for (OracleSheet.Line line : sheet.of(question.id())) {
      Optional<String> answer = holds(line) ? said(line) : Optional.empty();
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return UNKNOWN;
  }

  private Optional<String> said(OracleSheet.Line line) {
    if (line.answer() != null) {
      return Optional.of(line.answer());
    }
    OptionalDouble value = line.setting() == null ? measured(line) : setting(line.setting());
    double times = line.times() == null ? 1 : line.times();
    return value.isPresent()
        ? Optional.of(String.valueOf(value.getAsDouble() * times))
        : Optional.empty();
  }

  private boolean holds(OracleSheet.Line line) {
    return (line.measure() == null || measured(line).isPresent())
        && (line.absent() == null || !observations.containsKey(line.absent()))
        && (line.known() == null || observations.containsKey(line.known()))
        && (line.task() == null || line.task().equals(task()))
        && (line.any() == null || line.any().stream().anyMatch(this::has))
        && (line.none() == null || line.none().stream().noneMatch(this::has))
        && (line.all() == null || only(line.all()));
  }

  private boolean has(String fault) {
    return labelled.causes().contains(fault) || labelled.variants().contains(fault);
  }

  /** Whether each true cause is among the faults, by itself or as the variant it was put in as. */
  private boolean only(List<String> faults) {
    return labelled.causes().stream()
        .allMatch(
            c ->
                faults.contains(c)
                    || labelled.variants().stream()
                        .anyMatch(v -> v.startsWith(c + "/") && faults.contains(v)));
  }

  private String task() {
    return run.isClassification() ? "classification" : run.isRegression() ? "regression" : "";
  }

  private OptionalDouble setting(String id) {
    return run.config()
        .number(Setting.valueOf(id.toUpperCase(java.util.Locale.ROOT).replace('-', '_')));
  }

  private OptionalDouble measured(OracleSheet.Line line) {
    return observations.getOrDefault(line.measure(), List.of()).stream()
        .filter(o -> line.split() == null || line.split() == o.place().split())
        .mapToDouble(Observation::value)
        .filter(v -> line.above() == null || v > line.above())
        .filter(v -> line.below() == null || v < line.below())
        .findFirst();
  }
}
