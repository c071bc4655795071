package org.aitia.service.api;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import org.aitia.service.Problem;
import org.aitia.service.store.FleetStore;

/** Times as calls bring them. */
final class Times {
  /** What is counted unless something else is asked for. */
  private static final Duration USUAL = Duration.ofDays(84);

  /** Twenty years of weeks are told at most. */
  private static final Duration LONGEST = Duration.ofDays(7_305);

  private Times() {}

  /** A time; null when it is not given. */
  static Instant of(String field, String value) {
    if (value == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(value).toInstant();
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // told below
    }
    throw Problem.field(
        400, "bad-request", field, "is a time such as 2026-01-31T12:00:00Z, from 1970 on");
  }

  /**
   * Which runs to count: of twelve weeks up to now, unless the call says otherwise.
   *
   * @param values what to count by; null for what does not matter
   */
  static FleetStore.Range range(String since, String until, Map<FleetStore.By, String> values) {
    Instant end = until == null ? Instant.now().plusMillis(1) : of("until", until);
    Instant begin = since == null ? end.minus(USUAL) : of("since", since);
    if (!begin.isBefore(end) || begin.isBefore(end.minus(LONGEST))) {
      throw Problem.field(
          400, "bad-request", "since", "is before 'until', by no more than twenty years");
    }
    Map<FleetStore.By, String> given = new EnumMap<>(FleetStore.By.class);
    values.forEach(
        (by, value) -> {
          if (value != null) {
            given.put(by, value);
          }
        });
    return new FleetStore.Range(begin, end, given);
  }
}
