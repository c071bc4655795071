package org.aitia.cli.session;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.cli.input.NothingReadable;
import org.aitia.cli.input.Notices;
import org.aitia.diagnosis.Known;
import org.aitia.dialogue.Session;
import org.aitia.dialogue.Transcript;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.report.Words;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;

/** Where sessions come from: a run or none, a saved session, the run after a repair. */
public final class SessionStart {
  private final Diagnoser diagnoser;
  private final Words words;
  private final PrintWriter err;

  public SessionStart(Diagnoser diagnoser, Words words, PrintWriter err) {
    this.diagnoser = diagnoser;
    this.words = words;
    this.err = err;
  }

  /**
   * A session on a run.
   *
   * @param path null to start from nothing
   * @throws NothingReadable when there is no run at the path
   */
  public Session fresh(String path, Companions companions) throws IOException {
    return new Session(diagnoser, diagnoser.examine(run(path), companions));
  }

  /**
   * A saved session, with what changed in its run since.
   *
   * @param path of its run; null when it is about none
   * @param stated runs to hold it against, in place of those that it was held against
   * @throws NothingReadable when there is no run at the path
   */
  public Session resumed(String path, Transcript kept, Companions stated) throws IOException {
    Run run = run(path);
    Session session =
        Session.resume(diagnoser, diagnoser.examine(run, heldAgainst(kept, stated)), kept);
    say(words.say("ask-resumed", session.answers().size()));
    if (kept.evidence() != null && !kept.evidence().equals(session.examination().fingerprint())) {
      say(words.say("ask-run-changed", path));
      kept.found().forEach((id, was) -> compare(id, was.value(), session.known().get(id)));
    }
    return session;
  }

  /**
   * The session that goes on with another run: the first one, or the one after a repair.
   *
   * @throws NothingReadable when there is no run at the path
   */
  public Session after(Session session, String path) throws IOException {
    Run next = run(path);
    Diagnoser.Examination before = session.examination();
    if (before.run().files().isEmpty()) {
      return session.with(diagnoser.examine(next, before.companions()));
    }
    return session.after(
        diagnoser.examine(next, new Companions(before.companions().reference(), before.run())));
  }

  private Run run(String path) throws IOException {
    return path == null ? new RunBuilder("").build() : read(path);
  }

  private Run read(String at) throws IOException {
    Notices notices = new Notices(words, false);
    Path place = Path.of(at);
    Run run =
        Files.exists(place)
            ? RunFolder.read(at, place, Progress.NONE, List.of(), diagnoser.vocabulary())
            : null;
    if (run == null || !RunFolder.holdsRun(run)) {
      throw new NothingReadable(notices.nothingAt(at, place, run));
    }
    notices.of(run).forEach(this::say);
    return run;
  }

  /** Where the session went on after a repair, the run before it as well, if it is still there. */
  private Companions heldAgainst(Transcript kept, Companions stated) throws IOException {
    if (stated.previous() != null || kept.earlier().isEmpty()) {
      return stated;
    }
    String before = kept.earlier().get(kept.earlier().size() - 1).source();
    if (before.isEmpty()) {
      return stated;
    }
    try {
      return new Companions(stated.reference(), read(before));
    } catch (NothingReadable e) {
      say(e.getMessage());
      return stated;
    }
  }

  private void compare(String question, String was, Known is) {
    String value = is == null ? words.say("ask-none") : is.value();
    if (!value.equals(was)) {
      say(words.say("ask-found-changed", question, was, value));
    }
  }

  private void say(String notice) {
    err.println(Notices.line(notice));
    err.flush();
  }
}
