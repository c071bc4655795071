package org.aitia.dialogue;

import java.util.List;
import java.util.Map;

/**
 * A saved session, {@code session/1}.
 *
 * @param source path of the run; null when the session began without one
 * @param answers in the order in which they were given
 */
public record Transcript(
    String schema,
    String source,
    String language,
    Map<String, String> answers,
    List<String> notes) {
  public static final String SCHEMA = "session/1";
}
