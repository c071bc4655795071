package org.aitia.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.run.RunBuilder;

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

  /** The run that a session is about by now, examined; without one, of which nothing is known. */
  Diagnoser.Examination of(SessionStore.Entry session, Diagnoser diagnoser)
      throws SQLException, IOException {
    return of(session, session.content().run(), diagnoser);
  }

  private Diagnoser.Examination of(SessionStore.Entry session, int number, Diagnoser diagnoser)
      throws SQLException, IOException {
    Key key = new Key(session.id(), number, diagnoser);
    Diagnoser.Examination found = atHand.getIfPresent(key);
    if (found == null) {
      found = examine(session, number, diagnoser);
      atHand.put(key, found);
    }
    return found;
  }

  private Diagnoser.Examination examine(SessionStore.Entry session, int number, Diagnoser diagnoser)
      throws SQLException, IOException {
    if (number == 0) {
      return diagnoser.examine(new RunBuilder(session.content().source()).build());
    }
    SessionStore.Attached run = session.content().runs().get(number - 1);
    byte[] files = store.files(session.id(), number);
    try (Upload upload = intake.kept(files, run.kind(), run.source())) {
      return diagnoser.examine(
          RunFolder.read(upload.source(), upload.run(), Progress.NONE, List.of()));
    }
  }

  /** Keeps at hand what was examined already. */
  void put(SessionStore.Entry session, Diagnoser diagnoser, Diagnoser.Examination examined) {
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
