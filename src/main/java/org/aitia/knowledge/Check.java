package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Something an expert looks at.
 *
 * @param needs kinds of evidence without which it cannot be done
 * @param instead kinds of evidence that all together do as well; empty when none do
 * @param questions questions whose answers can stand in for the evidence
 * @param settings settings of the run of which it looks at any; without them it cannot be done
 * @param only traits without which a run has nothing that it could look at
 * @param how how to get the evidence when it is missing
 */
public record Check(
    String id,
    @JsonProperty(required = true) String step,
    List<String> causes,
    List<String> needs,
    List<String> instead,
    List<String> questions,
    List<String> settings,
    List<String> only,
    @JsonProperty(required = true) Text text,
    @JsonProperty(required = true) Text how) {
  public Check {
    causes = causes == null ? List.of() : List.copyOf(causes);
    needs = needs == null ? List.of() : List.copyOf(needs);
    instead = instead == null ? List.of() : List.copyOf(instead);
    questions = questions == null ? List.of() : List.copyOf(questions);
    settings = settings == null ? List.of() : List.copyOf(settings);
    only = only == null ? List.of() : List.copyOf(only);
  }

  /** Whether files alone can tell. */
  public boolean byFiles() {
    return !needs.contains(Provision.ANSWERS);
  }
}
