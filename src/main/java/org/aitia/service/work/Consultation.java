package org.aitia.service.work;

import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Implausible;
import org.aitia.dialogue.Session;
import org.aitia.knowledge.Language;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Expiry;
import org.aitia.service.store.SessionStore;
import org.aitia.service.store.Store;

/** Sessions: begun, looked at, changed. Each state is drawn from what is kept. */
@ApplicationScoped
public class Consultation {
  /** What a session without a run is called, unless its caller names it. */
  private static final String UNNAMED = "session";

  /** Repairs of one session, and more. */
  private static final int MAX_RUNS = 50;

  @Inject Settings settings;
  @Inject Admission admission;
  @Inject Live live;
  @Inject Intake intake;
  @Inject Store diagnoses;
  @Inject SessionStore store;
  @Inject Examinations examinations;
  @Inject Expiry expiry;
  @Inject Figures figures;

  /** Puts a session into words. */
  public interface Writing {
    String of(Visit visit);
  }

  /** What to answer. */
  public record Reply(SessionStore.Entry entry, String body) {}

  /**
   * Where a session begins.
   *
   * @param from for the metrics; null when the kind of what is received tells
   * @param reception takes the run in, or nothing when nothing is known yet
   * @param source by which to call a session without a run; null for none
   */
  public record Origin(String from, Clinic.Reception reception, String source) {}

  /**
   * One caller's wish to change a session.
   *
   * @param precondition what {@code If-Match} says; null when absent
   */
  public record Wish(Caller caller, String id, String precondition) {}

  private interface Step {
    Visit from(SessionStore.Entry entry, Diagnoser diagnoser) throws SQLException, IOException;
  }

  /**
   * What was sent for a diagnosis.
   *
   * @throws Problem when there is no such diagnosis, or what was sent for it is not kept
   */
  public Upload evidence(String diagnosis) throws IOException {
    try {
      Store.Entry kept =
          (Ids.valid(diagnosis) ? diagnoses.find(diagnosis) : Optional.<Store.Entry>empty())
              .orElseThrow(
                  () ->
                      Problem.field(
                          422, "no-such-diagnosis", "diagnosis", "there is no such diagnosis"));
      byte[] files =
          diagnoses
              .evidence(diagnosis)
              .orElseThrow(
                  () ->
                      Problem.field(
                          422,
                          "evidence-not-kept",
                          "diagnosis",
                          "what was sent for it is not kept: send it again as the body"));
      return intake.kept(files, kept.kind(), kept.in(Language.EN).source());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * A session or a change of one, not yet stored.
   *
   * @param files of its new run, as a zip; null without one
   */
  private record Drawn(Reply reply, byte[] files, String kind) {}

  /** Begins a session. */
  public Reply begin(Caller caller, Origin origin, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      Drawn drawn = ticket.work(() -> first(origin, writing));
      store.insert(drawn.reply().entry(), drawn.files());
      figures.sessionBegun(origin.from() != null ? origin.from() : drawn.kind());
      return drawn.reply();
    } catch (Problem problem) {
      figures.refused(problem.kind());
      throw problem;
    }
  }

  private Drawn first(Origin origin, Writing writing) throws IOException {
    try (Upload upload = origin.reception().receive()) {
      byte[] files = upload == null ? null : pack(upload);
      Visit visit = first(live.diagnoser(), upload, origin.source());
      return new Drawn(new Reply(visit.entry(), writing.of(visit)), files, kind(upload));
    }
  }

  private static String kind(Upload upload) {
    return upload == null ? "nothing" : upload.kind();
  }

  private byte[] pack(Upload upload) throws IOException {
    long limit = settings.keep().maxEvidence();
    byte[] files = upload.zip(limit);
    if (files == null) {
      throw Problem.of(
          413,
          "evidence-too-large",
          "a session keeps its run, "
              + limit
              + " bytes compressed at most: leave raw data out, or send a run record or metrics");
    }
    return files;
  }

  private Visit first(Diagnoser diagnoser, Upload upload, String source) throws IOException {
    Run run =
        upload == null
            ? new RunBuilder(source == null ? UNNAMED : source).build()
            : Clinic.read(upload, diagnoser.knowledge());
    Diagnoser.Examination examined = diagnoser.examine(run);
    Session session = new Session(diagnoser, examined);
    Session.State state = session.state();
    Instant now = now();
    List<SessionStore.Attached> runs = upload == null ? List.of() : List.of(attached(upload));
    SessionStore.Content content =
        new SessionStore.Content(run.source(), runs, session.answers(), run.report().notes(), null);
    SessionStore.Entry entry =
        new SessionStore.Entry(
            Ids.next(), now, now, 1, content, SessionStore.Brief.of(state.conclusions()));
    examinations.put(entry, diagnoser, examined);
    return new Visit(entry, diagnoser, session, state, null, true);
  }

  private static SessionStore.Attached attached(Upload upload) {
    return new SessionStore.Attached(upload.kind(), upload.source(), now().toString(), null);
  }

  /** Shows a session. */
  public Reply show(Caller caller, String id, Writing writing) throws Exception {
    return look(caller, id, this::visit, writing);
  }

  /** Shows how a session would stand after an answer, which is not given. */
  public Reply tryOut(Caller caller, String id, String question, String value, Writing writing)
      throws Exception {
    return look(
        caller,
        id,
        (entry, diagnoser) ->
            answered(entry, diagnoser, question, s -> s.answer(question, value)).triedOn(entry),
        writing);
  }

  private Reply look(Caller caller, String id, Step step, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      SessionStore.Entry entry = find(id);
      if (expiry.due(entry)) {
        store.touch(id, now());
      }
      return ticket.work(() -> new Reply(entry, writing.of(step.from(entry, live.diagnoser()))));
    } catch (Problem problem) {
      figures.refused(problem.kind());
      throw problem;
    }
  }

  /**
   * Answers a question, or changes its answer.
   *
   * @param insist whether a number is meant though it is implausible
   */
  public Reply answer(Wish wish, String question, String value, boolean insist, Writing writing)
      throws Exception {
    return give(
        wish,
        question,
        s -> insist ? s.insist(question, value) : s.answer(question, value),
        writing);
  }

  /** Withdraws an answer, and what followed from it. */
  public Reply withdraw(Wish wish, String question, Writing writing) throws Exception {
    return give(
        wish,
        question,
        s -> {
          if (!s.answers().containsKey(question)) {
            throw Problem.none("answer to", question);
          }
          return s.withdraw(question);
        },
        writing);
  }

  private Reply give(
      Wish wish, String question, Function<Session, Session.State> edit, Writing writing)
      throws Exception {
    Timer.Sample begun = figures.begin();
    Reply reply = change(wish, (e, d) -> answered(e, d, question, edit), writing);
    SessionStore.Content content = reply.entry().content();
    figures.answered(begun, content.last().was(), content.answers().get(question));
    return reply;
  }

  /** Writes the notes anew. */
  public Reply note(Wish wish, List<String> notes, Writing writing) throws Exception {
    return change(
        wish,
        (entry, diagnoser) ->
            visit(entry.changed(entry.content().noted(notes), entry.brief(), now()), diagnoser),
        writing);
  }

  /** Goes on with the next run: the one after a repair, or the first. */
  public Reply attach(Wish wish, Clinic.Reception reception, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(wish.caller())) {
      SessionStore.Entry entry = find(wish.id());
      Precondition.check(wish.precondition(), entry.version());
      if (entry.content().run() >= MAX_RUNS) {
        throw Problem.of(422, "too-many-runs", "a session takes " + MAX_RUNS + " runs at most");
      }
      Reply reply = store(ticket.work(() -> next(entry, reception, writing)));
      figures.runAttached();
      return reply;
    } catch (Problem problem) {
      figures.refused(problem.kind());
      throw problem;
    }
  }

  private Drawn next(SessionStore.Entry entry, Clinic.Reception reception, Writing writing)
      throws SQLException, IOException {
    try (Upload upload = reception.receive()) {
      byte[] files = pack(upload);
      Visit visit = attached(entry, live.diagnoser(), upload);
      return new Drawn(new Reply(visit.entry(), writing.of(visit)), files, kind(upload));
    }
  }

  private Visit attached(SessionStore.Entry entry, Diagnoser diagnoser, Upload upload)
      throws SQLException, IOException {
    Session session = resume(entry.id(), entry.content(), diagnoser);
    Run run = Clinic.read(upload, diagnoser.knowledge());
    SessionStore.Content content = entry.content().with(attached(upload), Map.of());
    Diagnoser.Examination examined = examinations.next(entry.id(), content, run, diagnoser);
    Session next = entry.content().run() == 0 ? session.with(examined) : session.after(examined);
    Session.State state = next.state();
    SessionStore.Entry changed =
        entry.changed(
            entry.content().with(attached(upload), next.answers()),
            SessionStore.Brief.of(state.conclusions()),
            now());
    return new Visit(changed, diagnoser, next, state, session.state(), true);
  }

  private Reply change(Wish wish, Step step, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(wish.caller())) {
      SessionStore.Entry entry = find(wish.id());
      Precondition.check(wish.precondition(), entry.version());
      return store(
          ticket.work(
              () -> {
                Visit visit = step.from(entry, live.diagnoser());
                return new Drawn(new Reply(visit.entry(), writing.of(visit)), null, null);
              }));
    } catch (Problem problem) {
      figures.refused(problem.kind());
      throw problem;
    }
  }

  private Reply store(Drawn drawn) throws SQLException {
    if (!store.update(drawn.reply().entry(), drawn.files())) {
      throw Precondition.changed();
    }
    return drawn.reply();
  }

  private Visit visit(SessionStore.Entry entry, Diagnoser diagnoser)
      throws SQLException, IOException {
    SessionStore.Content content = entry.content();
    Session session = resume(entry.id(), content, diagnoser);
    Session.State earlier =
        content.last() == null ? null : resume(entry.id(), content.earlier(), diagnoser).state();
    return new Visit(entry, diagnoser, session, session.state(), earlier, true);
  }

  private Session resume(String id, SessionStore.Content content, Diagnoser diagnoser)
      throws SQLException, IOException {
    return Session.resume(diagnoser, examinations.of(id, content, diagnoser), content.transcript());
  }

  private Visit answered(
      SessionStore.Entry entry,
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
    SessionStore.Entry changed =
        entry.changed(
            entry.content().answered(question, session.answers()),
            SessionStore.Brief.of(state.conclusions()),
            now());
    return new Visit(changed, diagnoser, session, state, earlier, true);
  }

  /**
   * Ends a session and deletes all that was kept of it.
   *
   * @param precondition may be null here: who ends a session wants it gone, whatever it is by now
   */
  public void end(String id, String precondition) throws SQLException {
    SessionStore.Entry entry = find(id);
    if (precondition != null) {
      Precondition.check(precondition, entry.version());
    }
    if (!store.delete(id, precondition == null ? null : entry.version())) {
      throw Precondition.changed();
    }
    examinations.forget(id);
  }

  /** At most so many, the newest first. */
  public List<SessionStore.Entry> list(String before, int limit) throws SQLException {
    return store.list(before, expiry.since(), limit);
  }

  private SessionStore.Entry find(String id) throws SQLException {
    return (Ids.valid(id) ? store.find(id, expiry.since()) : Optional.<SessionStore.Entry>empty())
        .orElseThrow(() -> Problem.none("session", id));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
