package org.aitia.report.document;

import org.aitia.diagnosis.Checklist;
import org.aitia.diagnosis.Known;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.run.value.Source;

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
    return Templates.fill(
        "session.md", new Words(knowledge, language), new View(knowledge, session, language));
  }

  /** What the template names. */
  @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // Qute calls it
  private record View(Knowledge knowledge, Session session, Language language) {
    public String diagnosis() {
      return new MarkdownReport(knowledge, null).render(session.diagnosis(language));
    }

    public String asked(String id) {
      Question question = knowledge.questions().get(id);
      return question == null ? id : question.text().in(language);
    }

    public String said(String id, String value) {
      Question question = knowledge.questions().get(id);
      return question == null ? value : knowledge.answer(question, value, language);
    }

    /** Where the files answer otherwise than the user does; null where they do not. */
    public Source overruled(String id, String value) {
      Known known = value.equals(Question.SKIP) ? null : session.known().get(id);
      return known == null ? null : known.source();
    }

    public String checklist() {
      Checklist list = Checklist.of(knowledge, session.diagnosis(language), session.answers());
      return new ChecklistReport(knowledge).markdown(list).replaceAll("(?m)^#", "##");
    }
  }
}
