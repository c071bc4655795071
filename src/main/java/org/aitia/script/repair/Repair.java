package org.aitia.script.repair;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.aitia.script.parse.PythonParser;
import org.aitia.script.syntax.Script;
import org.aitia.script.trace.Finding;

/**
 * A script with some of its findings mended. A repair is kept only where its finding is gone with
 * it and no other comes.
 *
 * @param mended the findings that are gone
 * @param script as it was
 * @param lines as they should be
 */
public record Repair(List<Finding> mended, Script script, List<String> lines) {
  /** Lines around each change that are shown. */
  private static final int CONTEXT = 3;

  public Repair {
    mended = List.copyOf(mended);
    lines = List.copyOf(lines);
  }

  /** What is found in the scripts of a run. */
  public interface Findings {
    List<Finding> of(Script changed) throws IOException;
  }

  /**
   * Mends what can be mended of one script.
   *
   * @param found what is found in it
   * @param anew looks through the run with another version of the script
   */
  public static Optional<Repair> of(Script script, List<Finding> found, Findings anew)
      throws IOException {
    List<Finding> mended = new ArrayList<>();
    Script now = script;
    List<String> left = kinds(found);
    List<Finding> upwards =
        found.stream().sorted(Comparator.comparingInt(Finding::line).reversed()).toList();
    for (Finding finding : upwards) {
      Mend mend = Mends.of(finding.what());
      Optional<List<String>> lines =
          mend == null ? Optional.empty() : mend.apply(now.lines(), finding.line());
      if (lines.isPresent()) {
        Script changed = PythonParser.script(script.file(), String.join("\n", lines.get()));
        List<String> others = kinds(anew.of(changed));
        if (others.size() < left.size() && isPart(others, left)) {
          left = others;
          now = changed;
          mended.add(finding);
        }
      }
    }
    return mended.isEmpty()
        ? Optional.empty()
        : Optional.of(new Repair(mended, script, now.lines()));
  }

  private static List<String> kinds(List<Finding> findings) {
    return findings.stream().map(Finding::what).toList();
  }

  /** Whether nothing is found that was not found before. */
  private static boolean isPart(List<String> some, List<String> all) {
    List<String> rest = new ArrayList<>(all);
    return some.stream().allMatch(rest::remove);
  }

  /** The changes as a unified diff, as {@code patch} and {@code git apply} take it. */
  public List<String> diff() {
    return UnifiedDiffUtils.generateUnifiedDiff(
        "a/" + script.file(),
        "b/" + script.file(),
        script.lines(),
        DiffUtils.diff(script.lines(), lines),
        CONTEXT);
  }
}
