package org.aitia.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.limit.Failure;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.word.Lexicon;
import org.aitia.script.check.DataCheck;
import org.aitia.script.check.KerasCheck;
import org.aitia.script.check.Loops;
import org.aitia.script.check.LossCheck;
import org.aitia.script.check.ModeCheck;
import org.aitia.script.check.OwnershipCheck;
import org.aitia.script.check.ParameterCheck;
import org.aitia.script.check.RateCheck;
import org.aitia.script.check.ScheduleCheck;
import org.aitia.script.check.ScriptCheck;
import org.aitia.script.check.SeedCheck;
import org.aitia.script.check.ShapeCheck;
import org.aitia.script.check.UpdateCheck;
import org.aitia.script.course.Interpreter;
import org.aitia.script.source.Sources;
import org.aitia.script.syntax.Script;
import org.aitia.script.trace.Finding;
import org.aitia.script.trace.Trace;

/**
 * What came of following the scripts of a run, each that is started with those it imports.
 *
 * @param settings that they write out
 * @param failures checks that failed, and scripts that could not be followed to their end: of these
 *     nothing is said
 */
record Followed(
    Map<Setting, Config.Entry> settings, List<Finding> findings, List<Failure> failures) {
  private static final List<ScriptCheck> CHECKS =
      List.of(
          new UpdateCheck(),
          new ModeCheck(),
          new LossCheck(),
          new KerasCheck(),
          new ParameterCheck(),
          new OwnershipCheck(),
          new ShapeCheck(),
          new ScheduleCheck(),
          new DataCheck(),
          new RateCheck(),
          new SeedCheck());

  /** Steps for all scripts of a run: a hundred that each take all of theirs would take minutes. */
  private static final int MAX_STEPS = 5 * Interpreter.MAX_STEPS;

  /** Follows the scripts of a run, the first time it is asked. */
  static Followed of(Run run) {
    return run.derived(Followed.class, () -> of(run.scripts(), run.words()));
  }

  /** Follows scripts. */
  static Followed of(List<Script> scripts, Lexicon words) {
    WrittenSettings settings = new WrittenSettings();
    Map<String, Finding> findings = new LinkedHashMap<>();
    List<Failure> failures = new ArrayList<>();
    Started started = Started.of(scripts);
    long left = MAX_STEPS;
    for (Script script : started.scripts()) {
      int most = (int) Math.min(left, Interpreter.MAX_STEPS);
      Interpreter interpreter = new Interpreter(started.modules(), words, most);
      Trace[] trace = new Trace[1];
      attempt("script", script, failures, () -> trace[0] = interpreter.run(script));
      left = Math.max(0, left - interpreter.steps());
      if (trace[0] != null) {
        look(script, trace[0], words, settings, findings, failures);
      }
    }
    Sources.findings(scripts, words, failures)
        .forEach(f -> findings.merge(f.key(), f, Finding::or));
    return new Followed(
        Map.copyOf(settings.entries()), List.copyOf(findings.values()), List.copyOf(failures));
  }

  private static void look(
      Script script,
      Trace trace,
      Lexicon words,
      WrittenSettings settings,
      Map<String, Finding> findings,
      List<Failure> failures) {
    attempt(
        "script",
        script,
        failures,
        () -> {
          Loops loops = new Loops(trace);
          for (ScriptCheck check : CHECKS) {
            String name = check.getClass().getSimpleName();
            loops.afresh();
            attempt(name, script, failures, () -> check.look(trace, loops));
          }
          loops.afresh();
          attempt(
              "script-settings",
              script,
              failures,
              () -> new SettingSearch(settings, words).read(trace, loops));
        });
    trace.findings().forEach(f -> findings.merge(f.key(), f, Finding::or));
  }

  private static void attempt(
      String name, Script script, List<Failure> failures, Failure.Work work) {
    Failure.in(Failure.Part.CHECK, name, script.file(), 0, work).ifPresent(failures::add);
  }
}
