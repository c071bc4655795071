package org.aitia.service.work;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.RunBuilder;
import org.aitia.service.Settings;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.SessionStore;
import org.aitia.service.store.StoredSession;

/**
 * The examined runs of sessions. Those used lately are at hand; others are examined again from the
 * files that are kept, on whichever instance.
 */
@ApplicationScoped
class Examinations {
  @Inject Settings settings;
  @Inject SessionStore store;
  @Inject Intake intake;

  private Cache<Key, Diagnoser.Examination> atHand;

  /** Rules that are reloaded come with a diagnoser of their own, so they never meet old ones. */
  private record Key(String session, int run, Diagnoser diagnoser) {}

  @PostConstruct
  void open() {
    atHand = Caffeine.newBuilder().maximumSize(settings.sessions().inMemory()).build();
  }

  /** The run that a session is about, examined; without one, a run of which nothing is known. */
  Diagnoser.Examination of(String session, StoredSession.Content content, Diagnoser diagnoser)
      throws SQLException, IOException {
    Key key = new Key(session, content.run(), diagnoser);
    Diagnoser.Examination found = atHand.getIfPresent(key);
    if (found == null) {
      Run run =
          content.run() == 0
              ? new RunBuilder(content.source()).build()
              : read(session, content, content.run(), diagnoser);
      found = diagnoser.examine(run, companions(session, content, diagnoser));
      atHand.put(key, found);
    }
    return found;
  }

  /** The run before the last repair, with the answers that stood for it. */
  private Companions companions(String session, StoredSession.Content content, Diagnoser diagnoser)
      throws SQLException, IOException {
    int before = content.run() - 1;
    return before < 1
        ? Companions.NONE
        : new Companions(
            null,
            read(session, content, before, diagnoser)
                .answered(content.runs().get(before - 1).answers()));
  }

  private Run read(String session, StoredSession.Content content, int number, Diagnoser diagnoser)
      throws SQLException, IOException {
    StoredSession.Attached run = content.runs().get(number - 1);
    byte[] files = store.files(session, number);
    try (Upload upload = intake.kept(files, run.kind(), run.source())) {
      return RunFolder.read(
          upload.source(), upload.run(), Progress.NONE, List.of(), diagnoser.vocabulary());
    }
  }

  /** Keeps at hand what was examined already. */
  void put(StoredSession session, Diagnoser diagnoser, Diagnoser.Examination examined) {
    atHand.put(new Key(session.id(), session.content().run(), diagnoser), examined);
  }

  void forget(String session) {
    atHand.asMap().keySet().removeIf(k -> k.session().equals(session));
  }

  /** How many are at hand. */
  long count() {
    return atHand.estimatedSize();
  }
}
