package org.aitia.reasoning.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.observation.Noticing;

/** The tests beside the cases, run with rules that were changed: compiled anew for it. */
public final class ChangedRules {
  /** What holds rules that no case can: walks, comparisons, answers, whole diagnoses. */
  private static final List<String> TESTS =
      List.of(
          "org.aitia.reasoning",
          "org.aitia.SavedComparisonTest",
          "org.aitia.diagnosis",
          "org.aitia.ExamplesTest");

  private static final long SECONDS = 900;

  private static final Pattern RULE = Pattern.compile("(?ms)^rule +\"([^\"]+)\".*?^end\\b");

  private ChangedRules() {}

  /** The sources without the rules that are not among these. */
  public static Map<String, String> only(Map<String, String> sources, Set<String> rules) {
    Map<String, String> left = new LinkedHashMap<>();
    sources.forEach(
        (file, text) -> {
          String kept =
              RULE.matcher(text)
                  .replaceAll(
                      m -> rules.contains(m.group(1)) ? Matcher.quoteReplacement(m.group()) : "");
          if (kept.contains("rule \"")) {
            left.put(file, kept);
          }
        });
    return left;
  }

  /**
   * Whether a test fails where one rule stands changed.
   *
   * @param instead name of the rule in its place; null where it only goes
   * @param changed the sources that this one stands in, by file
   */
  public static boolean fails(String rule, String instead, Map<String, String> changed)
      throws IOException, InterruptedException {
    Map<String, String> sources = RuleCompiler.sources(Path.of("rules"));
    String text = instead == null ? "" : text(instead, changed).replace(instead, rule);
    sources.replaceAll(
        (file, all) ->
            RULE.matcher(all)
                .replaceAll(
                    m -> Matcher.quoteReplacement(m.group(1).equals(rule) ? text : m.group())));
    Path classes = Files.createTempDirectory("aitia-rules");
    try {
      RuleCompiler.compileTo(sources, classes);
      return Noticing.fails(classes, SECONDS, TESTS);
    } finally {
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String text(String rule, Map<String, String> sources) {
    return sources.values().stream()
        .flatMap(text -> RULE.matcher(text).results())
        .filter(m -> m.group(1).equals(rule))
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }
}
