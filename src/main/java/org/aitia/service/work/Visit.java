package org.aitia.service.work;

import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.dialogue.Movement;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Language;
import org.aitia.service.store.StoredSession;

/**
 * A session at work.
 *
 * @param entry as it is kept; after a trial, as it would be
 * @param earlier how things stood before the last change; null when there was none
 * @param committed false after a trial
 */
public record Visit(
    StoredSession entry,
    Diagnoser diagnoser,
    Session session,
    Session.State state,
    Session.State earlier,
    boolean committed) {

  public Diagnosis diagnosis(Language language) {
    return session.examination().write(state.conclusions(), session.answers(), language);
  }

  /** What the last change did; null when there was none. */
  public Movement difference() {
    return earlier == null
        ? null
        : Movement.between(earlier.conclusions(), state.conclusions(), diagnoser.knowledge());
  }

  /** A trial: the session stays as it is. */
  Visit triedOn(StoredSession kept) {
    StoredSession shown =
        new StoredSession(
            kept.id(), kept.created(), kept.used(), kept.version(), entry.content(), entry.brief());
    return new Visit(shown, diagnoser, session, state, earlier, false);
  }
}
