package org.aitia.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Telling;

/** What of a diagnosis is shown first; the same choice for every format that people read. */
public final class Excerpt {
  /** Ends the name of a curve whose points are single batches. */
  static final String BY_STEP = " (step)";

  /** Curves drawn at most. */
  private static final int MAX_CHARTS = 6;

  /** Fewer points than these are no curve by themselves: the batches show more. */
  private static final int FEW_POINTS = 4;

  private final Knowledge knowledge;
  private final Diagnosis diagnosis;
  private final Words words;
  private final Map<String, Diagnosis.Observation> observations = new HashMap<>();

  public Excerpt(Knowledge knowledge, Diagnosis diagnosis) {
    this.knowledge = knowledge;
    this.diagnosis = diagnosis;
    this.words = new Words(knowledge, Language.of(diagnosis.language()));
    diagnosis.observations().forEach(o -> observations.put(o.id(), o));
  }

  /** The first cause and all that are likely besides it. */
  public List<Diagnosis.Cause> likely() {
    double suspicion = knowledge.weights().limit("suspicion");
    List<Diagnosis.Cause> found = new ArrayList<>();
    for (Diagnosis.Cause cause : diagnosis.causes()) {
      if (found.isEmpty() || cause.probability() >= suspicion) {
        found.add(cause);
      }
    }
    return found;
  }

  public List<Diagnosis.Cause> others() {
    List<Diagnosis.Cause> rest = new ArrayList<>(diagnosis.causes());
    rest.removeAll(likely());
    return rest;
  }

  /**
   * The symptoms worth telling: without those that others say with more, what came of the run
   * before what it shows besides.
   */
  public List<Diagnosis.Symptom> symptoms() {
    List<Diagnosis.Symptom> all = allSymptoms();
    boolean definite = all.stream().anyMatch(s -> !telling(s).background());
    return all.stream()
        .filter(s -> !(definite && telling(s).background()))
        .filter(s -> all.stream().noneMatch(by -> tells(by, s)))
        .sorted(
            Comparator.comparing((Diagnosis.Symptom s) -> SEVERITIES.indexOf(s.severity()))
                .thenComparing(s -> telling(s).outcome() == null ? LAST : telling(s).outcome())
                .thenComparing(Diagnosis.Symptom::id)
                .thenComparing(Diagnosis.Symptom::text))
        .toList();
  }

  private static final List<String> SEVERITIES = List.of("high", "medium", "low", "none");

  /** Rank of what is no outcome. */
  private static final int LAST = Integer.MAX_VALUE;

  private Telling telling(Diagnosis.Symptom symptom) {
    SymptomType type = knowledge.symptoms().get(symptom.id());
    return type == null ? Telling.PLAIN : type.telling();
  }

  /** Whether one symptom says what the other does; what was seen in another split is another. */
  private boolean tells(Diagnosis.Symptom by, Diagnosis.Symptom symptom) {
    if (!telling(symptom).toldBy().contains(by.id())) {
      return false;
    }
    Set<String> here = splits(symptom);
    Set<String> there = splits(by);
    return here.isEmpty() || there.isEmpty() || there.containsAll(here);
  }

  private Set<String> splits(Diagnosis.Symptom symptom) {
    return symptom.observations().stream()
        .map(observations::get)
        .filter(o -> o != null && o.place() != null && o.place().split() != null)
        .map(o -> o.place().split())
        .collect(Collectors.toSet());
  }

  public List<Reason> ruledOut() {
    return Reason.of(diagnosis, words);
  }

  /** What reads the same is one symptom, seen at several places. */
  public List<Diagnosis.Symptom> allSymptoms() {
    Map<String, Diagnosis.Symptom> byText = new LinkedHashMap<>();
    for (Diagnosis.Symptom s : diagnosis.symptoms()) {
      byText.merge(
          s.id() + " " + s.text(),
          s,
          (a, b) -> {
            List<String> places = new ArrayList<>(a.observations());
            places.addAll(b.observations());
            return new Diagnosis.Symptom(a.id(), a.severity(), a.text(), places, a.confidence());
          });
    }
    return List.copyOf(byText.values());
  }

  /** Number of checks that could be made. */
  public int made() {
    return Math.max(0, total() - diagnosis.notChecked().size());
  }

  public int total() {
    return knowledge.checks().size() - diagnosis.notApplicable().size();
  }

  /** Checks that were not made: those that concern a suspect first, then what files could show. */
  public List<Diagnosis.NotChecked> notChecked() {
    Set<String> suspects =
        diagnosis.causes().stream().map(Diagnosis.Cause::id).collect(Collectors.toSet());
    return diagnosis.notChecked().stream()
        .sorted(Comparator.comparingInt(n -> urgency(n, suspects)))
        .toList();
  }

  /**
   * Checks that were not made for want of the same.
   *
   * @param provide what would make them possible; null for what no file holds
   */
  public record Group(Diagnosis.Provide provide, List<Diagnosis.NotChecked> checks) {}

  /** The checks that were not made by what to provide, in the order of what that would decide. */
  public List<Group> groups() {
    List<Diagnosis.NotChecked> left = new ArrayList<>(notChecked());
    List<Group> groups = new ArrayList<>();
    for (Diagnosis.Provide provide : diagnosis.provide()) {
      List<Diagnosis.NotChecked> own =
          left.stream().filter(n -> provide.checks().contains(n.check())).toList();
      groups.add(new Group(provide, own));
      left.removeAll(own);
    }
    if (!left.isEmpty()) {
      groups.add(new Group(null, left));
    }
    return groups;
  }

  private int urgency(Diagnosis.NotChecked n, Set<String> suspects) {
    var check = knowledge.checks().get(n.check());
    if (check == null) {
      return 2;
    }
    boolean concerns = check.causes().stream().anyMatch(suspects::contains);
    boolean recordable = !check.needs().contains("answers");
    return (concerns ? 0 : 2) + (recordable ? 0 : 1);
  }

  /** Made and all checks of a step. */
  public int[] checksOf(String step) {
    Set<String> missed =
        diagnosis.notChecked().stream()
            .map(Diagnosis.NotChecked::check)
            .collect(Collectors.toSet());
    int all = 0;
    int made = 0;
    for (var check : knowledge.checks().values()) {
      if (check.step().equals(step) && !diagnosis.notApplicable().contains(check.id())) {
        all++;
        made += missed.contains(check.id()) ? 0 : 1;
      }
    }
    return new int[] {made, all};
  }

  /** Where the observations were made, {@code file:tag@step layer}, each place once. */
  public List<String> places(List<String> ids) {
    return ids.stream()
        .map(observations::get)
        .filter(java.util.Objects::nonNull)
        .map(this::place)
        .filter(p -> !p.isEmpty())
        .distinct()
        .toList();
  }

  /** The first of the places where observations were made, and a sign where there are more. */
  public List<String> places(List<String> ids, int most) {
    List<String> all = places(ids);
    return all.size() <= most
        ? all
        : Stream.concat(all.stream().limit(most), Stream.of("…")).toList();
  }

  /** Where an observation was made; what the user stated in place of a file names that file. */
  public String place(Diagnosis.Observation o) {
    StringBuilder place = new StringBuilder();
    if (o.source() != null && o.source().file() != null) {
      place.append(o.source().file());
      if (o.source().tag() != null) {
        place.append(':').append(o.source().tag());
      }
      if (o.source().overrules() != null) {
        place.append(' ').append(words.say("answer-overrules", o.source().overrules()));
      }
    }
    if (o.place() != null) {
      if (o.place().step() != null) {
        place.append('@').append(Words.number(o.place().step()));
      }
      if (o.place().layer() != null && place.indexOf(o.place().layer()) < 0) {
        place.append(place.isEmpty() ? "" : " ").append(o.place().layer());
      }
    }
    return place.toString();
  }

  /** The curves of one quantity belong on one chart; loss first, then what was evaluated. */
  public Map<String, List<Diagnosis.Curve>> charts() {
    Map<String, List<Diagnosis.Curve>> byName = new LinkedHashMap<>();
    diagnosis.curves().stream()
        .filter(c -> c.values().length > 1)
        .sorted(Comparator.comparingInt(c -> rank(c.name())))
        .forEach(c -> byName.computeIfAbsent(chart(c), n -> new ArrayList<>()).add(c));
    byName.keySet().removeAll(byName.keySet().stream().skip(MAX_CHARTS).toList());
    return byName;
  }

  /** What the steps of a curve count: {@code step} or {@code epoch}. */
  public static String axis(Diagnosis.Curve curve) {
    boolean batches = curve.split() == null || curve.name().endsWith(BY_STEP);
    return curve.axis() != null ? curve.axis() : batches ? "step" : "epoch";
  }

  /** Epochs and steps never share a chart. */
  private String chart(Diagnosis.Curve curve) {
    boolean parted =
        axis(curve).equals("step")
            && diagnosis.curves().stream()
                .anyMatch(c -> c.name().equals(curve.name()) && !axis(c).equals("step"));
    return parted ? curve.name() + BY_STEP : curve.name();
  }

  /** The curves that a glance is for: the loss, and the first metric of the evaluations. */
  public List<Diagnosis.Curve> main() {
    Map<String, List<Diagnosis.Curve>> charts = charts();
    List<Diagnosis.Curve> found = new ArrayList<>(charts.getOrDefault("loss", List.of()));
    boolean trained =
        found.stream().anyMatch(c -> "train".equals(c.split()) && c.values().length >= FEW_POINTS);
    if (!trained) {
      found.addAll(0, charts.getOrDefault("loss" + BY_STEP, List.of()));
    }
    charts.entrySet().stream()
        .filter(e -> rank(e.getKey()) == METRIC)
        .findFirst()
        .ifPresent(e -> found.addAll(e.getValue()));
    return found;
  }

  private static final int METRIC = 2;

  private static int rank(String name) {
    return switch (name) {
      case "loss" -> 0;
      case "loss" + BY_STEP -> 1;
      case "gradient-norm" -> 3;
      case "learning-rate" -> 4;
      default -> name.endsWith(BY_STEP) ? 5 : METRIC;
    };
  }

  /** What an action does: {@code confirm} or {@code repair}; null when it says neither. */
  public static String kind(Diagnosis.Action action) {
    for (String kind : List.of("confirm", "repair")) {
      if (action.id() != null && action.id().startsWith(kind + "-")) {
        return kind;
      }
    }
    return null;
  }
}
