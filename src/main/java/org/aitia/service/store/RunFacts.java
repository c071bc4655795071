package org.aitia.service.store;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.aitia.run.Run;

/**
 * What of a run the overview counts, besides its diagnosis.
 *
 * @param framework by its evidence; null when it does not tell
 * @param hours how long it trained; null when nobody knows
 * @param began when it began; null when nobody knows
 * @param warned when it was called faulty while it still ran; null when it was not
 */
public record RunFacts(String framework, Double hours, Instant began, Instant warned) {
  /** Of a run that nothing is known of. */
  public static final RunFacts UNKNOWN = new RunFacts(null, null, null, null);

  /** Labels by which a platform says it, before what the evidence tells. */
  static final String TEAM = "team";

  static final String MODEL = "model";
  static final String FRAMEWORK = "framework";
  static final String HOURS = "hours";

  private static final double SECONDS = 3600;

  /** Longer than that no run takes: clocks that were never set lie decades back. */
  private static final double LONGEST = 365.0 * 24;

  /** What the evidence of a run tells. */
  public static RunFacts of(Run run) {
    return new RunFacts(
        run.fact("framework").filter(f -> !f.isBlank()).orElse(null),
        run.end().map(e -> e.seconds() / SECONDS).filter(RunFacts::plausible).orElse(null),
        run.fact("created").map(RunFacts::time).orElse(null),
        null);
  }

  private static boolean plausible(double hours) {
    return hours >= 0 && hours <= LONGEST;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Of a run that was followed while it went on. */
  public RunFacts followed(LiveRun run) {
    return new RunFacts(framework, hours, run.created(), run.warned());
  }

  /** The hours that it trained, as a label says them or the evidence does. */
  Double trained(Map<String, String> labels) {
    String said = labels.get(HOURS);
    if (said != null && said.matches("[0-9]{1,6}(\\.[0-9]{1,6})?")) {
      double told = Double.parseDouble(said);
      return plausible(told) ? Double.valueOf(told) : hours;
    }
    return hours;
  }

  /** Hours from the start to the warning; null when nobody knows. */
  Double warnedAfter(Instant diagnosed) {
    if (began == null) {
      return null;
    }
    double after = Duration.between(began, warned == null ? diagnosed : warned).toMillis() / 3.6e6;
    return plausible(after) ? Double.valueOf(after) : null;
  }
}
