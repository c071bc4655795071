package org.aitia.observation.limits;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Run;

/**
 * What is observed on one side of a limit.
 *
 * @param limit the id of the limit
 * @param says what has to be observed, in words
 * @param holds whether it is, with these values of the limits
 */
public record LimitProbe(String limit, String says, Predicate<LimitValues> holds) {
  private static final double CLOSE = 1e-3;

  /** Whether it holds; what fails does not. */
  public boolean holds(LimitValues limits) {
    try {
      return holds.test(limits);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** All of them. */
  public static List<LimitProbe> all() {
    return List.of(
            BeginningProbes.ALL,
            CourseProbes.ALL,
            EvaluationProbes.ALL,
            SettingsProbes.ALL,
            LayerProbes.ALL,
            ModelProbes.ALL,
            DataProbes.ALL,
            TableProbes.ALL,
            ReferenceProbes.ALL,
            OutlookProbes.ALL,
            SharedProbes.ALL)
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  static Of of(String limit, String measure, Observer observer) {
    return new Of(limit, measure, (world, other, notes) -> observer.observe(world, notes));
  }

  static Of of(String limit, String measure, Comparer comparer) {
    return new Of(
        limit,
        measure,
        (world, other, notes) -> comparer.compare(world, other, new Contrast(notes)));
  }

  /** Observes a run, or compares it with another one. */
  interface Look {
    void at(Run run, Run other, Notebook notes);
  }

  /** Probes of a limit by what is noted under a measure. */
  record Of(String limit, String measure, Look look) {
    private OptionalDouble noted(World world, World other, LimitValues limits) {
      Notebook notes = new Notebook(limits);
      look.at(world.run(), other == null ? null : other.run(), notes);
      return notes.observations().stream()
          .filter(o -> o.measure().id().equals(measure))
          .mapToDouble(Observation::value)
          .findFirst();
    }

    private LimitProbe probe(
        String says, World world, World other, Predicate<OptionalDouble> expected) {
      return new LimitProbe(
          limit, measure + " " + says, v -> expected.test(noted(world, other, v)));
    }

    LimitProbe noted(World world) {
      return noted(world, null);
    }

    LimitProbe noted(World world, World other) {
      return probe("is noted", world, other, OptionalDouble::isPresent);
    }

    LimitProbe silent(World world) {
      return silent(world, null);
    }

    LimitProbe silent(World world, World other) {
      return probe("is not noted", world, other, OptionalDouble::isEmpty);
    }

    LimitProbe gives(double value, World world) {
      return gives(value, world, null);
    }

    LimitProbe gives(double value, World world, World other) {
      return probe(
          "is " + value,
          world,
          other,
          v -> v.isPresent() && Math.abs(v.getAsDouble() - value) <= CLOSE);
    }

    LimitProbe above(double value, World world) {
      return probe("is above " + value, world, null, v -> v.isPresent() && v.getAsDouble() > value);
    }

    LimitProbe below(double value, World world) {
      return probe("is below " + value, world, null, v -> v.isPresent() && v.getAsDouble() < value);
    }
  }
}
