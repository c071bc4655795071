package org.aitia.any;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aitia.observation.Comparers;
import org.aitia.observation.Observers;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observer;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.junit.jupiter.api.Test;

/** The made runs reach every measure, so that what holds of them holds of all measures. */
final class MeasuresReachedTest {
  private static final int MOST = 4_000;

  /** What reads the code of scripts is reached by scripts. */
  private static final Set<String> OF_SCRIPTS = Set.of("reference-script-findings");

  @Test
  void everyMeasureIsNotedBySomeRun() {
    Set<String> left = new TreeSet<>(Observers.measures().keySet());
    Set<String> byObservers =
        Observers.all().stream()
            .flatMap(o -> o.measures().stream())
            .map(Measure::id)
            .collect(Collectors.toSet());
    Observers.all().stream()
        .filter(o -> o.subject().equals("script"))
        .map(Observer::measures)
        .forEach(of -> of.stream().map(Measure::id).forEach(left::remove));
    left.removeAll(OF_SCRIPTS);
    Run before = null;
    for (long seed = 0; seed < MOST && !left.isEmpty(); seed++) {
      double wild = seed % 3 == 2 ? 0.02 : 0;
      Run run = AnyRun.of(new Recipe(seed, wild, EnumSet.allOf(Recipe.Part.class)));
      // what is noted where something is not known needs runs that lack it
      Run bare =
          AnyRun.of(new Recipe(seed, wild, EnumSet.of(Recipe.Part.LOSSES, Recipe.Part.METRICS)));
      Run histograms =
          AnyRun.of(new Recipe(seed, wild, EnumSet.of(Recipe.Part.LOSSES, Recipe.Part.LAYERS)));
      List<Observer> waiting =
          Observers.all().stream()
              .filter(o -> o.measures().stream().map(Measure::id).anyMatch(left::contains))
              .toList();
      for (Run made : List.of(histograms, bare, run)) {
        Observers.measure(waiting, made, Companions.NONE, Observing.LIMITS.values())
            .observations()
            .forEach(o -> left.remove(o.measure().id()));
      }
      if (left.stream().anyMatch(m -> !byObservers.contains(m))) {
        Run other = before == null || seed % 4 == 0 ? run : before;
        Comparers.differences(run, other, Observing.LIMITS.values())
            .observations()
            .forEach(o -> left.remove(o.measure().id()));
      }
      before = run;
    }
    assertThat(left).as("measures that no made run reaches").isEmpty();
  }
}
