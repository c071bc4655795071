package org.aitia.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aitia.run.curve.Quantity;
import org.aitia.run.curve.SeriesKey;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.FrameworkWord;
import org.aitia.run.word.SeriesKind;
import org.aitia.run.word.Trait;
import org.aitia.script.syntax.Script;

/**
 * Of what kind a run is, in the words that {@code checks.yaml} uses for what makes a check
 * pointless. What most runs are, a run is unless its files say otherwise; what few are, only by a
 * sign of it in its scripts, settings, file names or series.
 */
public final class Traits {
  /** What a run is unless its files say otherwise. */
  private static final Set<Trait> USUAL = EnumSet.of(Trait.NETWORK, Trait.MIXED_PRECISION);

  /** Words of the number formats that hold every gradient. */
  private static final Set<String> WHOLE =
      Set.of("32", "fp32", "float32", "32-true", "full", "no", "none", "off", "false", "64");

  private Traits() {}

  /** Everything that there is. */
  public static Set<String> all() {
    return ids(EnumSet.allOf(Trait.class));
  }

  /** What the run is, as far as its files tell. */
  public static Set<String> of(Run run) {
    if (run.measurements().isPresent()) {
      return run.measurements().get().traits();
    }
    List<String> written = written(run);
    Set<Trait> found = EnumSet.copyOf(USUAL);
    for (Trait trait : Trait.values()) {
      if (!USUAL.contains(trait) && any(written, run.words().of(trait))) {
        found.add(trait);
      }
    }
    if (found.contains(Trait.BOOSTING) && !isNetwork(run)) {
      found.removeAll(USUAL);
    } else {
      found.remove(Trait.BOOSTING);
    }
    if (isWhole(run)) {
      found.remove(Trait.MIXED_PRECISION);
    }
    return ids(found);
  }

  /**
   * Whether a run learns by reward, or against a judge that learns: its losses are of a moving goal
   * and need not fall.
   */
  public static boolean goalMoves(Run run) {
    return run.series().keySet().stream()
        .map(SeriesKey::quantity)
        .anyMatch(q -> q.equals(Quantity.REWARD) || run.words().is(SeriesKind.FAKES_JUDGED, q));
  }

  private static Set<String> ids(Set<Trait> traits) {
    return traits.stream().map(Trait::id).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The framework that the run says it was made with, or that its scripts import. */
  public static Optional<String> framework(Run run) {
    return run.fact("framework")
        .map(f -> f.toLowerCase(Locale.ROOT))
        .or(
            () ->
                Arrays.stream(FrameworkWord.values())
                    .filter(f -> run.words().of(f).stream().anyMatch(m -> imports(run, m)))
                    .map(FrameworkWord::id)
                    .findFirst());
  }

  private static boolean imports(Run run, String module) {
    return lines(run)
        .anyMatch(l -> l.startsWith("import " + module) || l.startsWith("from " + module));
  }

  private static boolean isNetwork(Run run) {
    return run.model().isPresent()
        || !run.layers().isEmpty()
        || run.config().has(Setting.OPTIMIZER)
        || any(lines(run).toList(), run.words().of(Trait.NETWORK));
  }

  private static boolean isWhole(Run run) {
    String format = run.config().text(Setting.PRECISION).orElse(null);
    if (format != null) {
      return WHOLE.contains(format.toLowerCase(Locale.ROOT));
    }
    boolean scaled =
        run.series().keySet().stream().anyMatch(k -> k.quantity().equals(Quantity.LOSS_SCALE));
    return !run.scripts().isEmpty()
        && !scaled
        && !any(lines(run).toList(), run.words().of(Trait.MIXED_PRECISION));
  }

  private static boolean any(List<String> texts, List<String> signs) {
    return texts.stream().anyMatch(t -> signs.stream().anyMatch(t::contains));
  }

  private static Stream<String> lines(Run run) {
    return run.scripts().stream()
        .map(Script::lines)
        .flatMap(List::stream)
        .map(l -> l.toLowerCase(Locale.ROOT));
  }

  /** Lines of scripts, names and values of settings, names of files and of series. */
  private static List<String> written(Run run) {
    List<String> found = new ArrayList<>(lines(run).toList());
    run.config()
        .settings()
        .forEach((s, e) -> found.add((s.id() + " " + e.value()).toLowerCase(Locale.ROOT)));
    run.config()
        .others()
        .forEach((path, e) -> found.add((path + " " + e.value()).toLowerCase(Locale.ROOT)));
    run.files().forEach(f -> found.add(f.file().toLowerCase(Locale.ROOT)));
    for (SeriesKey key : run.series().keySet()) {
      found.add(key.quantity());
      run.series()
          .get(key)
          .forEach(s -> found.add(String.valueOf(s.source().tag()).toLowerCase(Locale.ROOT)));
    }
    return found;
  }
}
