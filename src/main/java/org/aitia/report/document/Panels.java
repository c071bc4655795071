package org.aitia.report.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.report.Excerpt;
import org.aitia.report.Words;

/**
 * The curves of a diagnosis as panels, a quantity each. Panels over one axis can stand under each
 * other; epochs and steps never share one.
 */
public final class Panels {
  private static final int MAX_MARKS = 8;

  private final Diagnosis diagnosis;
  private final Words words;
  private final List<Panel> all = new ArrayList<>();

  Panels(Excerpt excerpt, Diagnosis diagnosis, Words words) {
    this.diagnosis = diagnosis;
    this.words = words;
    excerpt.charts().forEach((name, curves) -> add(curves));
  }

  /**
   * The curves of one quantity.
   *
   * @param id unique among the panels of a page
   * @param axis {@code step} or {@code epoch}
   * @param chance what the loss of a model is that guesses; null where that is not known
   */
  public record Panel(
      String id,
      String title,
      String axis,
      List<Diagnosis.Curve> curves,
      List<Mark> marks,
      Double chance) {}

  /**
   * A step at which symptoms were seen.
   *
   * @param id unique in a page
   * @param symptoms their ids
   */
  public record Mark(String id, int number, double step, String text, List<String> symptoms) {}

  /** Panels over one axis. */
  public record Stack(String axis, String label, List<Panel> panels) {}

  public List<Panel> all() {
    return all;
  }

  /** The panels by their axes, that of the first panel first. */
  public List<Stack> stacks() {
    Map<String, List<Panel>> byAxis = new LinkedHashMap<>();
    all.forEach(p -> byAxis.computeIfAbsent(p.axis(), a -> new ArrayList<>()).add(p));
    return byAxis.entrySet().stream()
        .map(e -> new Stack(e.getKey(), words.say("curve-axis-" + e.getKey()), e.getValue()))
        .toList();
  }

  /** The marks of what some observations amount to. */
  public List<Mark> of(List<String> observations) {
    List<String> symptoms =
        diagnosis.symptoms().stream()
            .filter(s -> s.observations().stream().anyMatch(observations::contains))
            .map(Diagnosis.Symptom::id)
            .toList();
    return all.stream()
        .flatMap(p -> p.marks().stream())
        .filter(m -> m.symptoms().stream().anyMatch(symptoms::contains))
        .toList();
  }

  private void add(List<Diagnosis.Curve> curves) {
    if (!all.isEmpty() && curves.stream().noneMatch(Panels::drawn)) {
      // Where all is NaN the first panel has said so.
      return;
    }
    String id = String.valueOf(all.size() + 1);
    all.add(panel(id, curves));
  }

  private Panel panel(String id, List<Diagnosis.Curve> curves) {
    Diagnosis.Curve first = curves.get(0);
    return new Panel(
        id,
        words.curve(first.name()),
        Excerpt.axis(first),
        curves,
        marks(id, curves),
        curves.stream()
            .map(Diagnosis.Curve::chance)
            .filter(c -> c != null)
            .findFirst()
            .orElse(null));
  }

  private static boolean drawn(Diagnosis.Curve curve) {
    return Arrays.stream(curve.values()).anyMatch(Double::isFinite);
  }

  private List<Mark> marks(String id, List<Diagnosis.Curve> curves) {
    Map<Double, Set<String>> found = new TreeMap<>();
    for (Diagnosis.Curve c : curves) {
      for (Diagnosis.Mark m : c.marks()) {
        if (Double.isFinite(m.step())
            && (found.size() < MAX_MARKS || found.containsKey(m.step()))) {
          found.computeIfAbsent(m.step(), s -> new java.util.LinkedHashSet<>()).add(m.symptom());
        }
      }
    }
    List<Mark> marks = new ArrayList<>();
    found.forEach(
        (step, symptoms) -> {
          List<String> texts =
              symptoms.stream().map(s -> words.link(s, diagnosis)).distinct().toList();
          int number = marks.size() + 1;
          marks.add(
              new Mark(
                  "mark-" + id + "-" + number,
                  number,
                  step,
                  String.join("; ", texts),
                  List.copyOf(symptoms)));
        });
    return marks;
  }
}
