package org.aitia.service.work;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.StoredSession;

/** Draws the states of sessions from what is kept of them. */
@ApplicationScoped
class Visits {
  /** What a session without a run is called, unless its caller names it. */
  private static final String UNNAMED = "session";

  @Inject Examinations examinations;

  /** A session that begins with a run, or with none. */
  Visit first(Diagnoser diagnoser, Upload upload, String source) throws IOException {
    Run run =
        upload == null
            ? new RunBuilder(source == null ? UNNAMED : source).build()
            : RunReading.of(upload, diagnoser);
    Diagnoser.Examination examined = diagnoser.examine(run);
    Session session = new Session(diagnoser, examined);
    Session.State state = session.state();
    Instant now = now();
    List<StoredSession.Attached> runs = upload == null ? List.of() : List.of(attached(upload));
    StoredSession.Content content =
        new StoredSession.Content(
            run.source(), runs, session.answers(), run.report().notes(), null);
    StoredSession entry =
        new StoredSession(
            Ids.next(), now, now, 1, content, StoredSession.Brief.of(state.conclusions()));
    examinations.put(entry, diagnoser, examined);
    return new Visit(entry, diagnoser, session, state, null, true);
  }

  private static StoredSession.Attached attached(Upload upload) {
    return new StoredSession.Attached(upload.kind(), upload.source(), now().toString(), null);
  }

  /** A session that goes on with the next run. */
  Visit attached(StoredSession entry, Diagnoser diagnoser, Upload upload)
      throws SQLException, IOException {
    Session session = resume(entry.id(), entry.content(), diagnoser);
    Run run = RunReading.of(upload, diagnoser);
    boolean first = entry.content().run() == 0;
    Run before = first ? null : session.examination().run().answered(entry.content().answers());
    Diagnoser.Examination examined = diagnoser.examine(run, new Companions(null, before));
    Session next = first ? session.with(examined) : session.after(examined);
    Session.State state = next.state();
    StoredSession changed =
        entry.changed(
            entry.content().with(attached(upload), next.answers()),
            StoredSession.Brief.of(state.conclusions()),
            now());
    return new Visit(changed, diagnoser, next, state, session.state(), true);
  }

  /** A session as it stands. */
  Visit visit(StoredSession entry, Diagnoser diagnoser) throws SQLException, IOException {
    StoredSession.Content content = entry.content();
    Session session = resume(entry.id(), content, diagnoser);
    Session.State earlier =
        content.last() == null ? null : resume(entry.id(), content.earlier(), diagnoser).state();
    return new Visit(entry, diagnoser, session, session.state(), earlier, true);
  }

  private Session resume(String id, StoredSession.Content content, Diagnoser diagnoser)
      throws SQLException, IOException {
    return Session.resume(diagnoser, examinations.of(id, content, diagnoser), content.transcript());
  }

  /** A session in which an answer was given, changed or withdrawn. */
  Visit answered(
      StoredSession entry,
      Diagnoser diagnoser,
      String question,
      Function<Session, Session.State> edit)
      throws SQLException, IOException {
    Session session = resume(entry.id(), entry.content(), diagnoser);
    Session.State earlier = session.state();
    Session.State state;
    try {
      state = edit.apply(session);
    } catch (Implausible e) {
      throw Problem.field(422, "implausible-answer", "answer", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw Problem.field(422, "invalid-answer", "answer", e.getMessage());
    }
    StoredSession changed =
        entry.changed(
            entry.content().answered(question, session.answers()),
            StoredSession.Brief.of(state.conclusions()),
            now());
    return new Visit(changed, diagnoser, session, state, earlier, true);
  }

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
