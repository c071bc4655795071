package org.aitia.service.fleet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.service.store.FleetStore;
import org.aitia.service.store.IncidentStore;

/** Finds incidents among the diagnoses that are kept. */
@ApplicationScoped
public class Incidents {
  /** Parts that the time is looked at in: twelve weeks in days, one in hours. */
  private static final int SLOTS = 84;

  private static final int MOST = 20;

  /** Diagnoses of an incident that are compared with those of others. */
  private static final int MEMBERS = 2000;

  private static final int SHOWN = 5;

  /** Share of the runs of a find that an earlier one explains: it is the same incident. */
  private static final double SAME = 0.5;

  /** Share of its runs that have another label: it is told beside the first. */
  private static final double NEARLY_ALL = 0.8;

  private final IncidentStore store;

  /** Over what is kept there. */
  @Inject
  public Incidents(IncidentStore store) {
    this.store = store;
  }

  /** The incidents of a time, the one that stands out most first. */
  public List<Incident> in(FleetStore.Range range) throws SQLException {
    Instant begin = range.since().truncatedTo(ChronoUnit.HOURS);
    long hours = Duration.between(begin, range.until()).toHours() + 1;
    int slot = (int) Math.max(1, ceil(hours, SLOTS));
    int slots = (int) ceil(hours, slot);
    List<Scan.Span> spans = new Scan(slots, store.cells(range, slot, Scan.LEAST)).found();
    List<Found> kept = new ArrayList<>();
    for (Scan.Span span : spans) {
      Instant since = begin.plus(Duration.ofHours((long) slot * span.from()));
      Instant end = begin.plus(Duration.ofHours((long) slot * span.to()));
      Instant until = end.isBefore(range.until()) ? end : range.until();
      List<String> members =
          store.members(
              new FleetStore.Range(since, until, range.values()),
              span.cause(),
              span.label(),
              MEMBERS);
      if (kept.stream().noneMatch(other -> other.explains(span, members))) {
        kept.add(new Found(span, since, until, members));
      }
      if (kept.size() == MOST) {
        break;
      }
    }
    return kept.stream().map(Found::told).toList();
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }

  /** An incident with the runs that it is seen in. */
  private static final class Found {
    private final Scan.Span span;
    private final Instant since;
    private final Instant until;
    private final List<String> members;
    private final Set<String> ids;
    private final List<String> also = new ArrayList<>();

    Found(Scan.Span span, Instant since, Instant until, List<String> members) {
      this.span = span;
      this.since = since;
      this.until = until;
      this.members = members;
      this.ids = new HashSet<>(members);
    }

    /** Whether another find is this one over again, by another of its labels or by none. */
    boolean explains(Scan.Span other, List<String> others) {
      if (!span.cause().equals(other.cause())) {
        return false;
      }
      long shared = others.stream().filter(ids::contains).count();
      if (shared < SAME * others.size()) {
        return false;
      }
      if (!other.label().isEmpty() && shared >= NEARLY_ALL * members.size()) {
        also.add(other.label());
      }
      return true;
    }

    Incident told() {
      return new Incident(
          span.cause(),
          span.label().isEmpty() ? null : span.label(),
          List.copyOf(also),
          since,
          until,
          span.runs(),
          span.failed(),
          span.usual(),
          members.stream().limit(SHOWN).toList());
    }
  }
}
