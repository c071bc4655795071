package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What only the user can tell.
 *
 * @param topic groups the questions on one subject
 * @param probe whether {@code aitia check} makes the experiment, and writes its result as an answer
 * @param unit unit of a number; null otherwise
 * @param range plausible values of a number, in its unit; null where any number is
 * @param snippets what to do in each framework, as Python code; empty when nothing is to be run
 * @param onlyIf answers to other questions that this one builds on, by question: without one of
 *     them it makes no sense; empty for most
 * @param needsNot kinds of evidence that make the question pointless when they are there
 * @param answers what each answer means
 * @param knownBy where the files of a run may hold the answer; null where only the user can tell
 */
public record Question(
    String id,
    @JsonProperty(required = true) String step,
    @JsonProperty(required = true) Kind kind,
    @JsonProperty(required = true) Cost cost,
    String topic,
    boolean probe,
    String unit,
    Range range,
    Map<Framework, String> snippets,
    @JsonProperty(required = true) Text text,
    @JsonProperty(required = true) Text why,
    @JsonProperty(required = true) Text how,
    Map<String, List<String>> onlyIf,
    List<String> needsNot,
    Map<String, Answer> answers,
    KnownBy knownBy) {
  public Question {
    snippets = snippets == null ? Map.of() : snippets;
    onlyIf = onlyIf == null ? Map.of() : onlyIf;
    needsNot = needsNot == null ? List.of() : needsNot;
    answers = answers == null ? Map.of() : answers;
  }

  /** Put off: worth asking again when nothing else is. */
  public static final String SKIP = "skip";

  /** The answer of who does not know. */
  public static final String UNKNOWN = "unknown";

  /** Answers that say nothing, to any question. */
  public static final Set<String> SAYS_NOTHING = Set.of(UNKNOWN, "not-applicable", SKIP);

  /** What kind of answer a question takes. */
  public enum Kind {
    YES_NO,
    CHOICE,
    NUMBER,
    TEXT;

    @com.fasterxml.jackson.annotation.JsonValue
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    @com.fasterxml.jackson.annotation.JsonCreator
    public static Kind of(String id) {
      return valueOf(id.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
  }

  /** The questions whose answers say something. */
  public static Set<String> answered(Map<String, String> given) {
    return given.keySet().stream()
        .filter(q -> !SAYS_NOTHING.contains(given.get(q)))
        .collect(Collectors.toSet());
  }

  /** Whether the answers so far leave the question a sense. */
  public boolean fits(Map<String, String> given) {
    return onlyIf.entrySet().stream()
        .allMatch(e -> e.getValue().contains(given.getOrDefault(e.getKey(), "")));
  }

  /** Plausible values of a number, both ends included; written as {@code [min, max]}. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  @JsonPropertyOrder({"min", "max"})
  public record Range(double min, double max) {
    public boolean contains(double value) {
      return min <= value && value <= max;
    }
  }

  /**
   * What an answer says.
   *
   * @param text label of a choice; null for yes and no
   * @param means what this outcome of an experiment means, and where to look next; null where the
   *     answer speaks for itself
   * @param limit the number that {@code below} and {@code above} compare with; null otherwise
   * @param supports causes it speaks for
   * @param opposes causes it speaks against
   */
  public record Answer(
      Text text,
      Text means,
      Double limit,
      @JsonProperty("for") Map<String, Level> supports,
      @JsonProperty("against") Map<String, Level> opposes) {
    public Answer {
      supports = supports == null ? Map.of() : supports;
      opposes = opposes == null ? Map.of() : opposes;
    }

    /**
     * What it claims.
     *
     * @param question the question that it answers
     */
    public List<Claim> claims(String question) {
      return Claim.of(supports, opposes, "answer:" + question);
    }
  }

  /**
   * The key among the answers that a given value falls under: for a number {@code below} or {@code
   * above} its limits, else the value itself. A value that falls under none says nothing.
   */
  public String band(String value) {
    if (kind != Kind.NUMBER) {
      return value;
    }
    try {
      double number = Double.parseDouble(value);
      Answer below = answers.get("below");
      if (below != null && below.limit() != null && number < below.limit()) {
        return "below";
      }
      Answer above = answers.get("above");
      if (above != null && above.limit() != null && number > above.limit()) {
        return "above";
      }
    } catch (NumberFormatException e) {
      return value;
    }
    return value;
  }
}
