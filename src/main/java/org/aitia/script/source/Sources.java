package org.aitia.script.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aitia.limit.Failure;
import org.aitia.observation.measure.Confidence;
import org.aitia.run.word.Lexicon;
import org.aitia.script.syntax.Expression;
import org.aitia.script.syntax.Script;
import org.aitia.script.syntax.Statement;
import org.aitia.script.trace.Finding;

/** The scripts of a run, looked through line by line. */
public final class Sources {
  private static final List<SourceCheck> CHECKS =
      List.of(
          new ArithmeticCheck(),
          new TargetMaskCheck(),
          new PrecisionCheck(),
          new TrainerCheck(),
          new SplitCheck(),
          new SamplerCheck(),
          new BoostingCheck(),
          new ChoiceCheck(),
          new ChainCheck(),
          new InitialisationCheck(),
          new LimitCheck(),
          new LoadCheck(),
          new HeldOutCheck(),
          new EpochScheduleCheck(),
          new ScaleCheck(),
          new MaskCheck(),
          new AdapterCheck());

  private final List<Outline> outlines = new ArrayList<>();

  /** Every name, member, keyword and module that the scripts write. */
  private final Set<String> names = new HashSet<>();

  private final List<Finding> findings = new ArrayList<>();

  /** What names of libraries stand for. */
  private final Lexicon words;

  private Sources(Lexicon words) {
    this.words = words;
  }

  Lexicon words() {
    return words;
  }

  /**
   * Everything that is found in the lines of scripts.
   *
   * @param failures takes the checks that failed
   */
  public static List<Finding> findings(
      List<Script> scripts, Lexicon words, List<Failure> failures) {
    Sources sources = new Sources(words);
    for (Script script : scripts) {
      Failure.in(Failure.Part.CHECK, "script", script.file(), 0, () -> sources.add(script))
          .ifPresent(failures::add);
    }
    for (Outline outline : sources.outlines) {
      String file = outline.script().file();
      for (SourceCheck check : CHECKS) {
        String name = check.getClass().getSimpleName();
        Failure.in(Failure.Part.CHECK, name, file, 0, () -> check.look(outline, sources))
            .ifPresent(failures::add);
      }
    }
    return sources.findings;
  }

  private void add(Script script) {
    Outline outline = new Outline(script);
    outlines.add(outline);
    for (Outline.Use use : outline.uses()) {
      names.add(Forms.name(use.expression()));
      if (use.expression() instanceof Expression.Call call) {
        call.arguments().stream().filter(a -> a.name() != null).forEach(a -> names.add(a.name()));
      }
    }
    for (Outline.Place place : outline.places()) {
      if (place.statement() instanceof Statement.Import found) {
        names.add(found.plain());
        names.add(String.valueOf(found.name()));
      }
    }
  }

  List<Outline> outlines() {
    return outlines;
  }

  /** Whether any of these names is written anywhere in the run's scripts. */
  boolean writes(Set<String> any) {
    return any.stream().anyMatch(names::contains);
  }

  /** The scripts take the gradient of something, or hand a model to a loop that does. */
  boolean train() {
    return writes(Set.of("backward", "value_and_grad", "GradientTape", "fit"))
        || names.stream().anyMatch(n -> n.endsWith("Trainer"));
  }

  /** Notes what a line shows; likely where a test stands before it. */
  void find(String what, Outline outline, Outline.Use use) {
    Confidence confidence = use.place().sure() ? Confidence.CERTAIN : Confidence.LIKELY;
    findings.add(new Finding(what, outline.script(), use.expression().line(), 1, confidence));
  }

  /** Notes a number that a line writes down. */
  void measure(String what, Outline outline, Outline.Use use, double value) {
    Confidence confidence = use.place().sure() ? Confidence.CERTAIN : Confidence.LIKELY;
    findings.add(new Finding(what, outline.script(), use.expression().line(), value, confidence));
  }

  /** Notes what a line shows if something holds that is not seen. */
  void suspect(String what, Outline outline, Outline.Use use) {
    findings.add(
        new Finding(what, outline.script(), use.expression().line(), 1, Confidence.LIKELY));
  }
}
