package org.aitia.observation.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aitia.limit.Failure;
import org.aitia.run.value.Source;

/** Where observers write down what they measured, in order. */
public final class Notebook {
  private final List<Observation> observations = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final LimitValues limits;
  private String subject = "";

  /** Notes of observers that are given these limits. */
  public Notebook(LimitValues limits) {
    this.limits = limits;
  }

  /**
   * The value of a limit, in the unit that the knowledge base states for it.
   *
   * @throws IllegalArgumentException for a limit that was not given
   */
  public double limit(Limit limit) {
    return limits.of(limit);
  }

  /** All limits, for what has no notes at hand. */
  public LimitValues limits() {
    return limits;
  }

  public void subject(String subject) {
    this.subject = subject;
  }

  /** Notes a value; NaN means "not measured" and is not noted. */
  public void note(Measure measure, double value, Place place, Source source) {
    note(measure, value, null, place, source);
  }

  /** Notes a value with the name or text that belongs to it. */
  public void note(Measure measure, double value, String detail, Place place, Source source) {
    note(measure, value, detail, place, source, null);
  }

  /** Notes what is not measured but found, with how much of it had to be assumed. */
  public void note(
      Measure measure,
      double value,
      String detail,
      Place place,
      Source source,
      Confidence confidence) {
    if (!Double.isNaN(value)) {
      observations.add(
          new Observation(
              "o" + (observations.size() + 1),
              subject,
              measure,
              value + 0.0, // minus nothing is nothing
              detail,
              place,
              source,
              confidence));
    }
  }

  /** The first value noted under a measure, for observers that build on others. */
  public Optional<Observation> find(Measure measure) {
    return observations.stream().filter(o -> o.measure().equals(measure)).findFirst();
  }

  /** Does a part of the measuring: what it noted before it failed was measured, and stays. */
  public void attempt(Failure.Part part, String name, Failure.Work work) {
    Failure.in(part, name, work).ifPresent(failures::add);
  }

  /** Takes over the failures of what was measured elsewhere. */
  public void failed(List<Failure> others) {
    failures.addAll(others);
  }

  /** The parts of the measuring that failed. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  public List<Observation> observations() {
    return List.copyOf(observations);
  }
}
