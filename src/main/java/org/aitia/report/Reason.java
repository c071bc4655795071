package org.aitia.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aitia.diagnosis.Diagnosis;

/**
 * A reason and all that it rules out.
 *
 * @param causes their names, as one list
 */
public record Reason(String causes, String because) {
  /** Each reason once; those of single causes first, for they say the most of the run. */
  static List<Reason> of(Diagnosis diagnosis, Words words) {
    Map<String, List<String>> byReason =
        diagnosis.ruledOut().stream()
            .collect(
                Collectors.groupingBy(
                    Diagnosis.RuledOut::because,
                    LinkedHashMap::new,
                    Collectors.mapping(Diagnosis.RuledOut::name, Collectors.toList())));
    return byReason.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> e.getValue().size()))
        .map(e -> new Reason(String.join(words.say("comma"), e.getValue()), e.getKey()))
        .toList();
  }
}
