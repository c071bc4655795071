package org.aitia.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.value.Split;

/** All that an observer notes about a run, held against numbers worked out by other means. */
public final class Noted {
  /** Numbers are written down with four digits. */
  private static final double DIGITS = 6e-4;

  private final List<Observation> found;

  private Noted(List<Observation> found) {
    this.found = found;
  }

  public static Noted by(Observer observer, Run run) {
    Notebook notes =
        Observers.measure(List.of(observer), run, Companions.NONE, Observing.LIMITS.values());
    assertThat(notes.failures()).isEmpty();
    assertThat(notes.observations())
        .allSatisfy(o -> assertThat(observer.measures()).contains(o.measure()));
    return new Noted(notes.observations());
  }

  /** All that a comparer notes of a run held against another one. */
  public static Noted by(Comparer comparer, Run run, Run other) {
    Notebook notes = Observing.notebook();
    comparer.compare(run, other, new Contrast(notes));
    return new Noted(notes.observations());
  }

  /** Only what is noted about a split. */
  public Noted of(Split split) {
    return new Noted(found.stream().filter(o -> o.place().split() == split).toList());
  }

  /**
   * Everything, in whatever order, and nothing else.
   *
   * @param expected a measure, its value and, where it has one, its place: {@code loss-late-jump
   *     1.5 train@9}; layer and step after an at sign
   */
  public void is(String... expected) {
    List<String> names = Arrays.stream(expected).map(Noted::name).sorted().toList();
    assertThat(found.stream().map(Noted::named).sorted().toList()).isEqualTo(names);
    has(expected);
  }

  /** These among others. */
  public void has(String... expected) {
    for (String line : expected) {
      double value = Double.parseDouble(line.split(" ")[1]);
      assertThat(found.stream().filter(o -> name(line).equals(named(o))).map(Observation::value))
          .as(line)
          .anySatisfy(v -> assertThat(v).isCloseTo(value, within(allowed(value))));
    }
  }

  /** Nothing under these names. */
  public void lacks(String... measures) {
    assertThat(found.stream().map(o -> o.measure().id())).doesNotContain(measures);
  }

  private static double allowed(double value) {
    return Math.max(Math.abs(value) * DIGITS, 1e-12);
  }

  private static String named(Observation o) {
    return o.measure().id() + place(o.place());
  }

  private static String name(String line) {
    String[] parts = line.split(" ");
    return parts[0] + (parts.length > 2 ? " " + parts[2] : "");
  }

  private static String place(Place place) {
    String text = place.split() == null ? "" : place.split().id();
    text += place.layer() == null ? "" : "@" + place.layer();
    text += place.step() == null ? "" : "@" + step(place.step());
    return text.isEmpty() ? "" : " " + text;
  }

  private static String step(double step) {
    return step == Math.rint(step) ? Long.toString((long) step) : Double.toString(step);
  }
}
