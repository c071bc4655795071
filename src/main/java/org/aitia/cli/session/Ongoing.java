package org.aitia.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;

/** The session that a conversation is in: which run it is about, and which file keeps it. */
public final class Ongoing {
  private final Language language;
  private Session session;

  /** Of the run; null when the session began without one. */
  private String path;

  /** Where the session is kept after every change; null for nowhere. */
  private Path kept;

  private boolean unsaved;

  /** Whether the user wants to be asked though no answer could change what to do first. */
  private boolean insisting;

  public Ongoing(Session session, String path, Language language) {
    this.session = session;
    this.path = path;
    this.language = language;
  }

  public Session session() {
    return session;
  }

  /** The question that is asked now; null when none is, or none could change what to do first. */
  public Question asked() {
    Session.State state = session.state();
    return state.decided() && !insisting ? null : state.next();
  }

  /** Asks on, though no answer could change what to do first. */
  public void askOn() {
    insisting = true;
  }

  public String path() {
    return path;
  }

  public Path kept() {
    return kept;
  }

  /** Whether answers would be lost by leaving now. */
  public boolean unsaved() {
    return unsaved;
  }

  /** Keeps the session in a file, now and after every change. */
  public void keep(Path file) throws IOException {
    SessionFiles.save(file, session.transcript(path, language));
    kept = file;
    unsaved = false;
  }

  /** To be called after every change. */
  public void changed() throws IOException {
    boolean empty =
        session.answers().isEmpty() && session.notes().isEmpty() && session.earlier().isEmpty();
    unsaved = kept == null && !empty;
    if (kept != null) {
      keep(kept);
    }
  }

  /** Goes on with another run. */
  public void goOn(Session next, String at) {
    session = next;
    path = at;
  }
}
