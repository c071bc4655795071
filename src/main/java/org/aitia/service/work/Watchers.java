package org.aitia.service.work;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aitia.knowledge.Language;
import org.jboss.logging.Logger;

/**
 * Those who look at something while it changes, through whichever instance it is changed. However
 * many look at one thing, it is looked at once a second for all of them, and not at all for nobody.
 */
@ApplicationScoped
public class Watchers {
  private static final Logger LOG = Logger.getLogger("aitia.service");
  private static final long EVERY_MILLIS = 700;
  private static final int THREADS = 4;

  /**
   * What has changed.
   *
   * @param version by which this is told from what was before
   * @param event its name
   * @param data JSON in a language
   * @param last whether nothing follows
   */
  public record Change(
      String version, String event, Function<Language, String> data, boolean last) {}

  /** Looks whether there is news. */
  public interface Look {
    /**
     * What there is, if it is not what was seen.
     *
     * @param seen version that was seen last; null when nothing was
     */
    Optional<Change> since(String seen) throws Exception;
  }

  /** Someone who is told, at times twice of the same version. */
  public interface Watcher {
    void tell(Change change);
  }

  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
          });

  void stop(@Observes ShutdownEvent event) {
    clock.shutdownNow();
  }

  private static final class Topic implements Runnable {
    private final String name;
    private final Look look;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> looking;
    private volatile Change last;

    Topic(String name, Look look) {
      this.name = name;
      this.look = look;
    }

    @Override
    public void run() {
      try {
        Change known = last;
        Optional<Change> news = look.since(known == null ? null : known.version());
        news.ifPresent(this::tell);
      } catch (Exception | LinkageError e) {
        // the next look may see more
        LOG.debugf("looking at %s failed: %s", name, e.getClass().getSimpleName());
      }
    }

    private void tell(Change change) {
      last = change;
      watchers.forEach(w -> w.tell(change));
    }
  }

  /**
   * Looks on from now.
   *
   * @param topic what is looked at
   * @return to be called when it looks away
   */
  public Runnable watch(String topic, Look look, Watcher watcher) {
    Topic found =
        topics.compute(
            topic,
            (name, known) -> {
              Topic t = known == null ? new Topic(name, look) : known;
              t.watchers.add(watcher);
              if (t.looking == null) {
                t.looking = clock.scheduleWithFixedDelay(t, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
              }
              return t;
            });
    Change last = found.last;
    if (last != null) {
      watcher.tell(last);
    }
    return () ->
        topics.computeIfPresent(
            topic,
            (name, known) -> {
              known.watchers.remove(watcher);
              if (!known.watchers.isEmpty()) {
                return known;
              }
              known.looking.cancel(false);
              return null;
            });
  }

  /** How many look on. */
  public int count() {
    return topics.values().stream().mapToInt(t -> t.watchers.size()).sum();
  }
}
