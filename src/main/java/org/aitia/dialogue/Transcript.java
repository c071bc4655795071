package org.aitia.dialogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A saved session, {@code session/2}: with the run it is about it holds all that is needed to go
 * on.
 *
 * @param source path of the run; null when the session began without one
 * @param language tag of the language
 * @param answers by question, in the order in which they were given
 * @param notes free text, in the order in which it was given
 * @param evidence fingerprint of what was measured of the run when the session was saved
 * @param found what the files said when the session was saved, by question
 * @param earlier the rounds before the last repairs, oldest first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Transcript(
    String schema,
    String source,
    String language,
    Map<String, String> answers,
    List<String> notes,
    String evidence,
    Map<String, Found> found,
    List<Round> earlier) {
  public static final String SCHEMA = "session/2";

  /**
   * What a file said.
   *
   * @param overruled whether the answer among the answers counts in its place
   */
  public record Found(String value, String source, boolean overruled) {}

  /** The questions and answers about a run before its repair. */
  public record Round(String source, Map<String, String> answers) {
    public Round {
      answers = ordered(answers);
    }
  }

  public Transcript {
    answers = ordered(answers);
    found = ordered(found);
    notes = notes == null ? List.of() : List.copyOf(notes);
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
