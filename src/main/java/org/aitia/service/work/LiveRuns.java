package org.aitia.service.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Verdict;
import org.aitia.service.Digests;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.guard.Caller;
import org.aitia.service.intake.Intake;
import org.aitia.service.intake.Upload;
import org.aitia.service.store.LiveRun;
import org.aitia.service.store.LiveStore;
import org.aitia.service.store.LookStore;
import org.aitia.service.store.Store;
import org.jboss.logging.Logger;

/**
 * Runs while they are recorded. They are diagnosed when somebody looks and lines have come since,
 * at most a fifth of the time; at their end they are diagnosed like any other run, and kept.
 */
@ApplicationScoped
public class LiveRuns {
  private static final Logger LOG = Logger.getLogger("aitia.service");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEPT = 32;

  /** Times the length of the last diagnosis that is waited at least. */
  private static final int PAUSE = 4;

  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final long SWEEP_SECONDS = 30;

  @Inject Settings settings;
  @Inject LiveStore store;
  @Inject LookStore looks;
  @Inject Clinic clinic;
  @Inject Intake intake;

  private final Cache<String, Pulse> pulses = Caffeine.newBuilder().maximumSize(KEPT).build();
  private ScheduledExecutorService clock;

  void start(@Observes StartupEvent event) {
    clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    long every = settings.live().look().toMillis();
    if (every > 0) {
      clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    clock.shutdownNow();
  }

  /**
   * How a run stands.
   *
   * @param run as it was looked at: lines may have come since
   * @param texts null while nothing of it can be read
   */
  public record Standing(LiveRun run, Map<Language, Diagnosis> texts) {}

  /** What is known of a run in this instance. */
  private static final class Pulse {
    private Standing standing;
    private long next;
  }

  /** Adds lines; when they tell of the end, the run is diagnosed and kept. */
  public LiveRun append(
      Caller caller, String name, Long offset, byte[] body, Map<String, String> labels)
      throws Exception {
    Optional<LiveRun> known = find(name);
    if (known.isPresent()) {
      own(known.get(), caller);
    } else if (store.running() >= settings.live().runs()) {
      throw Problem.later(
          503, "busy", "there are " + settings.live().runs() + " runs under way already", 60);
    }
    boolean ends = Endings.in(body);
    LiveRun run =
        store.append(
            name,
            new LiveStore.Lines(offset, body, ends, settings.live().maxBytes()),
            new Store.Mark(caller.by(), labels));
    return ends && run.diagnosis() == null ? finish(caller, run) : run;
  }

  /** Nobody but who began a run adds to it. */
  private static void own(LiveRun run, Caller caller) {
    String by = run.mark().by();
    if (by != null && !by.equals(caller.by())) {
      throw Problem.of(403, "forbidden", "this run was begun with another token");
    }
  }

  private LiveRun finish(Caller caller, LiveRun run) throws Exception {
    String key = HexFormat.of().formatHex(Digests.sha256(run.name() + "\n" + run.created()));
    Clinic.Order order = new Clinic.Order(key, Others.Named.NONE, run.mark().labels(), run);
    String id = null;
    try {
      id = clinic.diagnose(caller, order, () -> record(run)).entry().id();
    } catch (Problem problem) {
      if (problem.retryAfter() > 0) {
        return run; // later, when there is time
      }
      LOG.infof("a run ended of which nothing can be said: %s", problem.kind());
    }
    store.finished(run.name(), id == null ? "" : id);
    return find(run.name()).orElse(run);
  }

  private Upload record(LiveRun run) throws IOException {
    try (var lines = store.content(run.name(), run.length())) {
      return intake.record(lines, run.name());
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** A run by its name. */
  public Optional<LiveRun> find(String name) throws SQLException {
    return NAME.matcher(name).matches() ? store.find(name) : Optional.empty();
  }

  /** Holds a name to its form. */
  public static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.field(
          400, "bad-request", "run", "is named by 1 to 100 letters, digits and ._-");
    }
  }

  /** At most so many, those that changed last first. */
  public List<LiveRun> list(int limit) throws SQLException {
    return store.list(limit);
  }

  /** Forgets a run; what was concluded at its end stays. */
  public boolean delete(String name) throws SQLException {
    pulses.invalidate(name);
    return store.delete(name);
  }

  /**
   * How a run stands: anew when lines have come and it is time, else as it was seen last.
   *
   * @throws Problem 404 when there is none
   */
  public Standing standing(String name) throws Exception {
    LiveRun run = find(name).orElseThrow(() -> Problem.none("run", name));
    Pulse pulse = pulses.get(name, n -> new Pulse());
    synchronized (pulse) {
      Standing seen = pulse.standing;
      boolean same = seen != null && seen.run().created().equals(run.created());
      boolean fresh = same && seen.run().version() == run.version();
      boolean early = same && System.nanoTime() < pulse.next && !run.ended();
      if (fresh || early) {
        return seen;
      }
      boolean noLines = same && seen.run().length() == run.length();
      long begun = System.nanoTime();
      pulse.standing = new Standing(run, noLines ? seen.texts() : texts(run));
      long now = System.nanoTime();
      pulse.next = now + Math.max(LEAST.toNanos(), PAUSE * (now - begun));
      return pulse.standing;
    }
  }

  private Map<Language, Diagnosis> texts(LiveRun run) throws Exception {
    try {
      Caller caller = Caller.own("live-" + run.name(), null);
      Map<Language, Diagnosis> texts = clinic.conclude(caller, () -> record(run));
      if (run.warned() == null
          && !run.ended()
          && texts.get(Language.EN).verdict() == Verdict.FAULTY) {
        looks.warned(run.name(), Instant.now());
      }
      return texts;
    } catch (Problem problem) {
      if (problem.status() == 422) {
        return null; // its first lines say nothing yet
      }
      throw problem;
    }
  }

  /** News of a run, for those who look on. */
  public Optional<Watchers.Change> since(String name, String seen) throws Exception {
    Optional<LiveRun> found = find(name);
    if (found.isEmpty()) {
      return Optional.of(new Watchers.Change("gone", "gone", in -> "{}", true));
    }
    Standing standing = standing(name);
    LiveRun run = standing.run();
    String version = String.valueOf(run.version());
    if (version.equals(seen)) {
      return Optional.empty();
    }
    boolean last = run.diagnosis() != null;
    return Optional.of(
        new Watchers.Change(version, last ? "end" : "standing", in -> data(standing, in), last));
  }

  private static String data(Standing standing, Language language) {
    LiveRun run = standing.run();
    var data = JSON.createObjectNode();
    data.put("run", run.name());
    data.put("version", run.version());
    data.put("offset", run.length());
    data.put("lines", run.lines());
    data.put("state", run.ended() ? "ended" : "running");
    if (standing.texts() != null) {
      Diagnosis d = standing.texts().get(language);
      data.put("verdict", d.verdict().id());
      data.put("summary", d.summary());
      var causes = data.putArray("causes");
      for (Diagnosis.Cause cause : d.causes()) {
        causes
            .addObject()
            .put("id", cause.id())
            .put("name", cause.name())
            .put("probability", cause.probability());
      }
    }
    if (run.diagnosis() != null && !run.diagnosis().isEmpty()) {
      data.put("diagnosis", run.diagnosis());
      data.put("href", "/api/v1/diagnoses/" + run.diagnosis());
    }
    return data.toString();
  }

  /** Nobody has to look on for a warning. */
  private void look() {
    try {
      for (String name : looks.take(Instant.now(), settings.live().look())) {
        standing(name);
      }
    } catch (Exception e) {
      LOG.debugf("a run under way is looked at later: %s", e.getClass().getSimpleName());
    }
  }

  /** Ends runs that fell silent, and what was left at an end; forgets what is over. */
  private void sweep() {
    try {
      Instant now = Instant.now();
      Settings.Running bounds = settings.live();
      for (LiveRun run :
          store.left(now.minus(bounds.idle()), now.minusSeconds(2 * SWEEP_SECONDS))) {
        finish(Caller.own("live-" + run.name(), run.mark().by()), run);
      }
      store.expire(now.minus(bounds.keep()));
    } catch (Exception e) {
      LOG.warnf("looking after runs under way failed: %s", e.getClass().getSimpleName());
    }
  }
}
