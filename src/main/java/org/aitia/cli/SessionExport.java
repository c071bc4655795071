package org.aitia.cli;

import java.util.Map;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.MarkdownReport;

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
        : clean(value);
  }

  /**
   * The whole session: the diagnosis as a Markdown report, then the questions and answers, then the
   * notes.
   */
  static String markdown(Conversation conversation, Knowledge knowledge, Language language) {
    Session session = conversation.session();
    Diagnosis diagnosis =
        session.examination().write(session.state().conclusions(), session.answers(), language);
    StringBuilder text = new StringBuilder(new MarkdownReport(knowledge, null).render(diagnosis));
    text.append('\n').append(questionsAndAnswers(session, knowledge, language));
    for (String note : conversation.notes()) {
      text.append("- ").append(clean(note)).append('\n');
    }
    return text.toString();
  }

  private static String clean(String text) {
    return text.replaceAll("[|`<>*\\n\\r]", " ");
  }
}
