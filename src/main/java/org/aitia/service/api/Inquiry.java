package org.aitia.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;

/** What a question has beyond other entries: its number's range, what to run, its outcomes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Inquiry(
    String how,
    String unit,
    Question.Range range,
    Map<Framework, String> snippets,
    List<Outcome> outcomes) {

  static Inquiry of(Question q, Language in) {
    List<Outcome> outcomes = new ArrayList<>();
    q.answers().forEach((value, answer) -> outcomes.add(Outcome.of(value, answer, in)));
    return new Inquiry(q.how().in(in), q.unit(), q.range(), q.snippets(), outcomes);
  }

  /** An answer: its label, what it means, and the number that a band begins or ends at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outcome(String value, String text, String means, Double limit) {
    private static Outcome of(String value, Question.Answer answer, Language in) {
      return new Outcome(
          value,
          answer.text() == null ? null : answer.text().in(in),
          answer.means() == null ? null : answer.means().in(in),
          answer.limit());
    }
  }
}
