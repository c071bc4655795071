package org.aitia.service.work;

import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aitia.Diagnoser;
import org.aitia.dialogue.Session;
import org.aitia.service.Ids;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Admission;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.Expiry;
import org.aitia.service.store.SessionStore;
import org.aitia.service.store.StoredSession;

/** Sessions: begun, looked at, changed. Each state is drawn from what is kept. */
@ApplicationScoped
public class Consultation {

  /** Repairs of one session, and more. */
  private static final int MAX_RUNS = 50;

  @Inject Settings settings;
  @Inject Admission admission;
  @Inject Live live;
  @Inject Intake intake;
  @Inject SessionStore store;
  @Inject Examinations examinations;
  @Inject Visits visits;
  @Inject Expiry expiry;
  @Inject Figures figures;

  /** Puts a session into words. */
  public interface Writing {
    String of(Visit visit);
  }

  /** What to answer. */
  public record Reply(StoredSession entry, String body) {}

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
    Visit from(StoredSession entry, Diagnoser diagnoser) throws SQLException, IOException;
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
      Visit visit = visits.first(live.diagnoser(), upload, origin.source());
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

  /** Shows a session. */
  public Reply show(Caller caller, String id, Writing writing) throws Exception {
    return look(caller, id, visits::visit, writing);
  }

  /** Shows how a session would stand after an answer, which is not given. */
  public Reply tryOut(Caller caller, String id, String question, String value, Writing writing)
      throws Exception {
    return look(
        caller,
        id,
        (entry, diagnoser) ->
            visits
                .answered(entry, diagnoser, question, s -> s.answer(question, value))
                .triedOn(entry),
        writing);
  }

  private Reply look(Caller caller, String id, Step step, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(caller)) {
      StoredSession entry = find(id);
      if (expiry.due(entry)) {
        store.touch(id, Visits.now());
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
    Reply reply = change(wish, (e, d) -> visits.answered(e, d, question, edit), writing);
    StoredSession.Content content = reply.entry().content();
    figures.answered(begun, content.last().was(), content.answers().get(question));
    return reply;
  }

  /** Writes the notes anew. */
  public Reply note(Wish wish, List<String> notes, Writing writing) throws Exception {
    return change(
        wish,
        (entry, diagnoser) ->
            visits.visit(
                entry.changed(entry.content().noted(notes), entry.brief(), Visits.now()),
                diagnoser),
        writing);
  }

  /** Goes on with the next run: the one after a repair, or the first. */
  public Reply attach(Wish wish, Clinic.Reception reception, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(wish.caller())) {
      StoredSession entry = find(wish.id());
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

  private Drawn next(StoredSession entry, Clinic.Reception reception, Writing writing)
      throws SQLException, IOException {
    try (Upload upload = reception.receive()) {
      byte[] files = pack(upload);
      Visit visit = visits.attached(entry, live.diagnoser(), upload);
      return new Drawn(new Reply(visit.entry(), writing.of(visit)), files, kind(upload));
    }
  }

  private Reply change(Wish wish, Step step, Writing writing) throws Exception {
    try (Admission.Ticket ticket = admission.enter(wish.caller())) {
      StoredSession entry = find(wish.id());
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

  /**
   * Ends a session and deletes all that was kept of it.
   *
   * @param precondition may be null here: who ends a session wants it gone, whatever it is by now
   */
  public void end(String id, String precondition) throws SQLException {
    StoredSession entry = find(id);
    if (precondition != null) {
      Precondition.check(precondition, entry.version());
    }
    if (!store.delete(id, precondition == null ? null : entry.version())) {
      throw Precondition.changed();
    }
    examinations.forget(id);
  }

  /** The version of a session; empty when there is none. */
  public Optional<Long> version(String id) throws SQLException {
    return Ids.valid(id) ? store.version(id, expiry.since()) : Optional.empty();
  }

  /** News of a session, for those who look on. */
  public Optional<Watchers.Change> since(String id, String seen) throws SQLException {
    Optional<Long> version = version(id);
    if (version.isEmpty()) {
      return Optional.of(new Watchers.Change("gone", "gone", in -> "{}", true));
    }
    String now = version.get().toString();
    return now.equals(seen)
        ? Optional.empty()
        : Optional.of(
            new Watchers.Change(now, "changed", in -> "{\"version\":" + now + "}", false));
  }

  /** At most so many, the newest first. */
  public List<StoredSession> list(String before, int limit) throws SQLException {
    return store.list(before, expiry.since(), limit);
  }

  private StoredSession find(String id) throws SQLException {
    return (Ids.valid(id) ? store.find(id, expiry.since()) : Optional.<StoredSession>empty())
        .orElseThrow(() -> Problem.none("session", id));
  }
}
