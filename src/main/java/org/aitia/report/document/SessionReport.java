package org.aitia.report.document;

import java.util.Map;
import org.aitia.diagnosis.Checklist;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.diagnosis.Known;
import org.aitia.dialogue.Session;
import org.aitia.dialogue.Transcript;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;

/**
 * A session as Markdown: the diagnosis, every question with its answer, what the files answered,
 * and what was checked and what not.
 */
public final class SessionReport {
  private final Knowledge knowledge;

  public SessionReport(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /** The whole session as it stands. */
  public String markdown(Session session, Language language) {
    Words words = new Words(knowledge, language);
    Diagnosis diagnosis = session.diagnosis(language);
    StringBuilder text = new StringBuilder(new MarkdownReport(knowledge, null).render(diagnosis));
    text.append("\n## ").append(words.say("ask-questions-and-answers")).append("\n\n");
    answers(text, session.answers(), session.known(), words);
    known(text, session, words);
    for (Transcript.Round round : session.earlier()) {
      text.append("\n### ").append(words.say("ask-round", Markdown.code(round.source())));
      text.append("\n\n");
      answers(text, round.answers(), Map.of(), words);
    }
    if (!session.notes().isEmpty()) {
      text.append("\n## ").append(words.say("ask-notes")).append("\n\n");
      session.notes().forEach(n -> text.append("- ").append(Markdown.text(n)).append('\n'));
    }
    Checklist list = Checklist.of(knowledge, diagnosis, session.answers());
    text.append('\n')
        .append(new ChecklistReport(knowledge).markdown(list).replaceAll("(?m)^#", "##"));
    return text.toString();
  }

  private void answers(
      StringBuilder text, Map<String, String> answers, Map<String, Known> known, Words words) {
    if (answers.isEmpty()) {
      text.append(words.say("ask-no-answers")).append('\n');
    }
    answers.forEach(
        (id, value) -> {
          Question question = knowledge.questions().get(id);
          String asked = question == null ? id : question.text().in(words.language());
          String said =
              question == null ? value : knowledge.answer(question, value, words.language());
          text.append("- ").append(Markdown.text(asked)).append(" **");
          text.append(Markdown.text(said)).append("** (").append(Markdown.code(id)).append(")");
          Known overruled = value.equals(Question.SKIP) ? null : known.get(id);
          if (overruled != null && overruled.source() != null) {
            text.append(' ')
                .append(Markdown.text(words.say("answer-overrules", overruled.source())));
          }
          text.append('\n');
        });
  }

  private void known(StringBuilder text, Session session, Words words) {
    if (session.known().isEmpty()) {
      return;
    }
    text.append("\n## ").append(words.say("ask-from-files")).append("\n\n");
    for (Known k : session.known().values()) {
      Question question = knowledge.questions().get(k.question());
      text.append("- ").append(Markdown.text(question.text().in(words.language()))).append(" **");
      text.append(Markdown.text(knowledge.answer(question, k.value(), words.language())));
      text.append("** ");
      if (k.source() != null) {
        text.append(Markdown.code(k.source().toString())).append(' ');
      }
      if (session.overruled().containsKey(k.question())) {
        String answer = session.answers().get(k.question());
        text.append(
            Markdown.text(
                words.say("ask-overruled", knowledge.answer(question, answer, words.language()))));
      }
      text.append('\n');
    }
  }
}
