package org.aitia.observation.reference;

import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aitia.observation.measure.Comparer;
import org.aitia.observation.measure.Contrast;
import org.aitia.observation.measure.LimitValues;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Run;
import org.aitia.run.value.Source;
import org.aitia.script.ScriptObserver;
import org.aitia.script.syntax.Script;

/**
 * The scripts of a run against another one's: what is wrong in one only, and which lines differ.
 */
public final class ScriptComparer implements Comparer {
  private static final Measure FINDINGS =
      new Measure(
          "reference-script-findings",
          "count",
          "faults found in this run's scripts and not in the reference's");
  private static final Measure LINES =
      new Measure(
          "reference-script-lines",
          "count",
          "lines of the scripts that differ in more than a number or a text; without blank lines, comments, imports, printing, seeds; blanks count as indent only");

  private static final Measure VALUES =
      new Measure(
          "reference-script-values",
          "count",
          "lines of the scripts that differ in numbers and texts only; the same are left out");

  /** Numbers and texts of a line. */
  private static final Pattern LITERAL =
      Pattern.compile("\"[^\"]*\"|'[^']*'|(?<![\\w.])[-+]?\\d[\\d_.]*(?:[eE][-+]?\\d+)?");

  /** Lines that no result depends on. */
  private static final Pattern INERT =
      Pattern.compile(
          "(?i)^$|^#.*|^(?:import|from)\\b.*|^(?:print|log(?:ger|ging)?\\.\\w+)\\(.*|.*\\bseed\\b.*");

  /** Longer scripts are not held against each other: the time grows with what differs. */
  private static final int MAX_LINES = 5_000;

  private static final int MAX_INDENT = 24;

  /** The kind of finding that is a fault and not a number of the settings. */
  private static final String FAULT = "flag";

  @Override
  public String subject() {
    return "script";
  }

  @Override
  public List<Measure> measures() {
    return List.of(FINDINGS, LINES, VALUES);
  }

  @Override
  public void compare(Run run, Run other, Contrast notes) {
    if (run.scripts().isEmpty() || other.scripts().isEmpty()) {
      return;
    }
    Set<Measure> its =
        findings(other, notes.limits()).stream()
            .map(Observation::measure)
            .collect(Collectors.toSet());
    List<Observation> only =
        findings(run, notes.limits()).stream().filter(o -> !its.contains(o.measure())).toList();
    notes.pairs(
        FINDINGS,
        only.stream().map(o -> at(o.source().file(), o.source().tag()) + o.detail()).toList(),
        only.isEmpty() ? null : only.get(0).source());
    lines(run, other, notes);
  }

  private static List<Observation> findings(Run run, LimitValues limits) {
    Notebook notes = new Notebook(limits);
    new ScriptObserver().observe(run, notes);
    return notes.observations().stream().filter(o -> o.measure().unit().equals(FAULT)).toList();
  }

  private static String at(String file, Object line) {
    return file + ":" + line + " ";
  }

  private static void lines(Run run, Run other, Contrast notes) {
    List<Line> found = new ArrayList<>();
    boolean compared = false;
    for (Script mine : run.scripts()) {
      Optional<Script> its = partner(mine, run.scripts(), other.scripts());
      if (its.isPresent() && mine.lines().size() + its.get().lines().size() < MAX_LINES) {
        compared = true;
        found.addAll(lines(mine, its.get()));
      }
    }
    if (compared) {
      note(LINES, found.stream().filter(l -> !l.isValue()).toList(), notes);
      note(VALUES, found.stream().filter(Line::isValue).toList(), notes);
    }
  }

  private static void note(Measure measure, List<Line> lines, Contrast notes) {
    Source source = lines.isEmpty() ? null : lines.get(0).source();
    notes.pairs(measure, lines.stream().map(Line::told).toList(), source);
  }

  /** The script of the same name, or the only one of the other run where this one has but one. */
  private static Optional<Script> partner(Script mine, List<Script> own, List<Script> others) {
    return others.stream()
        .filter(s -> s.file().equals(mine.file()))
        .findFirst()
        .or(
            () ->
                own.size() == 1 && others.size() == 1
                    ? Optional.of(others.get(0))
                    : Optional.empty());
  }

  /** The lines that differ, each with its counterpart. */
  private static List<Line> lines(Script mine, Script its) {
    List<Integer> here = telling(mine);
    List<Integer> there = telling(its);
    List<Line> found = new ArrayList<>();
    for (AbstractDelta<String> delta : Deltas.of(plain(mine, here), plain(its, there))) {
      Chunk<String> source = delta.getSource();
      Chunk<String> target = delta.getTarget();
      for (int i = 0; i < Math.max(source.size(), target.size()); i++) {
        int at = source.getPosition() + Math.min(i, Math.max(0, source.size() - 1));
        int line = here.isEmpty() ? 1 : here.get(Math.min(at, here.size() - 1));
        int itsLine = i < target.size() ? there.get(target.getPosition() + i) : 0;
        found.add(new Line(mine, line, i < source.size(), its, itsLine));
      }
    }
    return found;
  }

  /**
   * A line that differs.
   *
   * @param line its number, or that of the place where it is missing
   * @param isThere whether this run's script has it
   * @param itsLine number of its counterpart; 0 when the other script has none
   */
  private record Line(Script mine, int line, boolean isThere, Script its, int itsLine) {
    Source source() {
      return new Source(mine.file(), String.valueOf(line));
    }

    boolean isValue() {
      return isThere && itsLine > 0 && code(mine, line).equals(code(its, itsLine));
    }

    private static String code(Script script, int line) {
      return LITERAL.matcher(plain(script, line)).replaceAll("0");
    }

    /** Both sides; what differs in its indent only shows it. */
    String told() {
      String left = isThere ? mine.quote(line) : null;
      String right = itsLine > 0 ? its.quote(itsLine) : null;
      return at(mine.file(), line)
          + (left != null && left.equals(right)
              ? indent(mine, line) + left + Contrast.UNLIKE + indent(its, itsLine) + right
              : Contrast.said(left) + Contrast.UNLIKE + Contrast.said(right));
    }

    private static String indent(Script script, int line) {
      String text = script.lines().get(line - 1);
      int indent = text.length() - text.stripLeading().length();
      return "␣".repeat(Math.min(indent, MAX_INDENT));
    }
  }

  private static List<Integer> telling(Script script) {
    return IntStream.rangeClosed(1, script.lines().size())
        .filter(i -> !INERT.matcher(script.lines().get(i - 1).strip()).matches())
        .boxed()
        .toList();
  }

  private static List<String> plain(Script script, List<Integer> numbers) {
    return numbers.stream().map(i -> plain(script, i)).toList();
  }

  /** Without blanks, but for the indent, which tells what a line belongs to. */
  private static String plain(Script script, int line) {
    return script.lines().get(line - 1).replaceAll("(?<=\\S)\\s+", "");
  }
}
