package org.aitia.observation.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What an observer judges by stands in the knowledge base; each number left in the code has its
 * reason.
 */
final class LiteralsTest {
  private static final Path OBSERVERS =
      Path.of("src", "main", "java", "org", "aitia", "observation");

  private static final String WORK = "bound of work";
  private static final String MATHEMATICS = "constant of mathematics";
  private static final String DEFINITION = "definition";
  private static final String TOLD = "length of what is told";

  private static final Map<String, String> CONSTANTS =
      Map.ofEntries(
          Map.entry("Association.MAX_COLUMNS", WORK),
          Map.entry("Association.MAX_ROWS", WORK),
          Map.entry("Association.SHUFFLES", WORK),
          Map.entry("BatchSumObserver.DIGITS", DEFINITION),
          Map.entry("BreakdownObserver.FEWEST", MATHEMATICS),
          Map.entry("BreakdownObserver.FIRST_STEP", DEFINITION),
          Map.entry("BreakdownObserver.LAST", DEFINITION),
          Map.entry("Grain.ROUNDED", DEFINITION),
          Map.entry("Checkpoint.CURVED", MATHEMATICS),
          Map.entry("Checkpoint.OF_DEVIATION", MATHEMATICS),
          Map.entry("ColumnObserver.MAX_COMPARED", WORK),
          Map.entry("Contrast.LONGEST", TOLD),
          Map.entry("Contrast.NAMED", TOLD),
          Map.entry("Drift.CERTAIN_CHANCE", MATHEMATICS),
          Map.entry("Drift.LEAST_SHARE", "guard against a division by zero"),
          Map.entry("DriftObserver.TREES", WORK),
          Map.entry("ExtraTrees.LEAST_REGRESSION", WORK),
          Map.entry("ExtraTrees.MAX_DEPTH", WORK),
          Map.entry("GradientFlowObserver.TINY", "guard against a division by zero"),
          Map.entry("GraphAlignment.MAX_NODES", WORK),
          Map.entry("ImprovementObserver.POINTS", WORK),
          Map.entry("ProbeObserver.FOLDS", WORK),
          Map.entry("ProbeObserver.LAG_TREES", WORK),
          Map.entry("ProbeObserver.SEED", WORK),
          Map.entry("ProbeObserver.TREES", WORK),
          Map.entry("RawData.MAX_COLUMNS", WORK),
          Map.entry("RawData.MAX_ROWS", WORK),
          Map.entry("Result.ABSOLUTE", MATHEMATICS),
          Map.entry("ScriptComparer.MAX_INDENT", TOLD),
          Map.entry("ScriptComparer.MAX_LINES", WORK),
          Map.entry("Statistics.DECILES", DEFINITION),
          Map.entry("Statistics.NORMAL_CORE", MATHEMATICS),
          Map.entry("TableObserver.MAX_MATCHED", WORK),
          Map.entry("TrendObserver.MAD_TO_STD", MATHEMATICS),
          Map.entry("TrendObserver.POINTS", WORK),
          Map.entry("WeightsComparer.BEFORE_TRAINING", DEFINITION));

  /** Comparisons with another number than 0, 1 and 2, which tell one from several. */
  private static final Map<String, String> COMPARISONS =
      Map.of(
          "Contrast < 1e9",
          TOLD,
          "GradientFlowObserver > 5",
          TOLD,
          "Grain < 1e-9",
          MATHEMATICS,
          "LossObserver >= 5",
          "a fifth takes five",
          "ModelObserver > 5",
          TOLD,
          "SplitObserver <= 9",
          "inner deciles",
          "Statistics < 3",
          "least that a deviation of jumps takes",
          "Statistics < 4",
          "least that a correlation takes",
          "WeightsObserver > 5",
          TOLD);

  private static Set<String> found(Pattern pattern, String form) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(OBSERVERS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher code = pattern.matcher(Files.readString(file).replaceAll("\"[^\"\n]*\"", "\"\""));
        code.results().map(m -> name + form.formatted(parts(m))).forEach(found::add);
      }
    }
    return found;
  }

  private static Object[] parts(MatchResult match) {
    return match.groupCount() == 1
        ? new Object[] {match.group(1)}
        : new Object[] {match.group(1), match.group(2)};
  }

  @Test
  void eachConstantHasItsReasonToStay() throws IOException {
    Pattern constant = Pattern.compile("static final (?:int|long|double) (\\w+) =");
    assertThat(found(constant, ".%s")).containsExactlyInAnyOrderElementsOf(CONSTANTS.keySet());
  }

  @Test
  void noConditionComparesWithANumberOfItsOwn() throws IOException {
    Pattern comparison =
        Pattern.compile("([<>]=?) (?![012]\\b(?!\\.))(\\d[\\w.]*(?:(?<=e)-\\d+)?)");
    assertThat(found(comparison, " %s %s"))
        .containsExactlyInAnyOrderElementsOf(COMPARISONS.keySet());
  }
}
