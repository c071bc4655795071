package org.aitia.report;

import java.util.List;
import java.util.Map;
import org.aitia.diagnosis.Checklist;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;

/**
 * A whole session as Markdown, fit to attach to a request for help: the diagnosis, every question
 * with its answer, the notes, and what was checked and what not.
 */
public final class SessionReport {
  private final Knowledge knowledge;

  public SessionReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /**
   * The session, in the language of its diagnosis.
   *
   * @param answers by question, in the order in which they were given
   */
  public String markdown(Diagnosis diagnosis, Map<String, String> answers, List<String> notes) {
    Words words = new Words(knowledge, Language.of(diagnosis.language()));
    StringBuilder out = new StringBuilder();
    if (!answers.isEmpty()) {
      out.append("\n## ").append(words.say("ask-questions-and-answers")).append("\n\n");
      answers.forEach((id, value) -> out.append(line(id, value, words)));
    }
    if (!notes.isEmpty()) {
      out.append("\n## ").append(words.say("ask-notes")).append("\n\n");
      notes.forEach(n -> out.append("- ").append(Markdown.text(n)).append('\n'));
    }
    out.append('\n')
        .append(
            new ChecklistReport(knowledge).markdown(Checklist.of(knowledge, diagnosis, answers), 2))
        .append('\n');
    return new MarkdownReport(knowledge, null).render(diagnosis, out.toString());
  }

  private String line(String id, String value, Words words) {
    Question question = knowledge.questions().get(id);
    String asked = question == null ? "" : Markdown.prose(question.text().in(words.language()));
    String answer = question == null ? value : knowledge.answer(question, value, words.language());
    return "- " + asked + " **" + Markdown.text(answer) + "** (" + Markdown.code(id) + ")\n";
  }
}
