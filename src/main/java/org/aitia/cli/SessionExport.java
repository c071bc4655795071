package org.aitia.cli;

import java.text.MessageFormat;
import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;

/** A session as Markdown: the diagnosis, and every question with its answer. */
final class SessionExport {
  private SessionExport() {}

  static String questionsAndAnswers(Session session, Knowledge knowledge, Language language) {
    StringBuilder text =
        new StringBuilder("## " + knowledge.term("ask-questions-and-answers", language) + "\n\n");
    for (String id : session.history()) {
      Question question = knowledge.questions().get(id);
      String value = session.answers().get(id);
      text.append("- ")
          .append(question == null ? "`" + id + "`" : question.text().in(language))
          .append(" **")
          .append(label(question, value, knowledge, language))
          .append("** (`")
          .append(id)
          .append("`)\n");
    }
    return text.toString();
  }

  private static String label(
      Question question, String value, Knowledge knowledge, Language language) {
    Question.Answer answer = question == null ? null : question.answers().get(value);
    if (answer != null && answer.text() != null) {
      return answer.text().in(language);
    }
    Map<String, ?> terms = knowledge.terms();
    return terms.containsKey("answer-" + value)
        ? knowledge.term("answer-" + value, language)
        : value.replaceAll("[|`<>*\\n\\r]", " ");
  }

  static String markdown(Conversation conversation, Knowledge knowledge, Language language) {
    Session session = conversation.session();
    Diagnosis diagnosis =
        session.examination().write(session.state().conclusions(), session.answers(), language);
    return MessageFormat.format("# {0}\n\n", diagnosis.summary().replace("{", "").replace("'", "’"))
        + questionsAndAnswers(session, knowledge, language);
  }
}
