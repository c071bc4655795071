package org.aitia.service.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aitia.Diagnoser;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.service.Settings;
import org.jboss.logging.Logger;

/**
 * The diagnoser that stands. Own rules and thresholds are looked at again and again: when they
 * changed and hold, a new diagnoser takes the place of the old, and requests under way finish with
 * the one they began with.
 */
@ApplicationScoped
public class Live {
  private static final Logger LOG = Logger.getLogger("aitia.rules");

  /** Made and checked before the service started; taken once. */
  private static volatile Diagnoser first;

  @Inject Settings settings;

  private volatile Diagnoser diagnoser;
  private volatile String fault;
  private String seen = "";
  private ScheduledExecutorService watch;

  public static void first(Diagnoser diagnoser) {
    first = diagnoser;
  }

  void start(@Observes StartupEvent event) {
    Path rules = settings.rules().orElse(null);
    Path thresholds = settings.thresholds().orElse(null);
    seen = OwnFiles.state(rules, thresholds);
    diagnoser = first != null ? first : Diagnoser.with(rules, thresholds);
    first = null;
    if (rules != null || thresholds != null) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "rules");
                thread.setDaemon(true);
                return thread;
              });
      long every = settings.reloadEvery().toMillis();
      watch.scheduleWithFixedDelay(
          () -> look(rules, thresholds), every, every, TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (watch != null) {
      watch.shutdownNow();
    }
  }

  private void look(Path rules, Path thresholds) {
    try {
      String now = OwnFiles.state(rules, thresholds);
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      Diagnoser fresh = Diagnoser.with(rules, thresholds);
      diagnoser = fresh;
      fault = null;
      LOG.infof(
          "rules reloaded: %d rules, knowledge %s",
          fresh.rules().entries().size(), fresh.knowledge().version());
    } catch (KnowledgeException e) {
      fault = String.join("; ", e.problems());
      LOG.errorf("the changed rules do not hold, the old ones stay: %s", fault);
    } catch (RuntimeException | LinkageError e) {
      fault = String.valueOf(e.getMessage());
      LOG.error("the changed rules cannot be loaded, the old ones stay", e);
    }
  }

  /** The diagnoser for a request: take it once. */
  public Diagnoser diagnoser() {
    return diagnoser;
  }

  /** Why the last change was not taken; null when all is well. */
  String fault() {
    return fault;
  }
}
