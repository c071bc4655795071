package org.aitia.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No regular expression of the program takes more than linear time, counted in looks at characters:
 * a file of blanks must not keep it busy for an hour.
 */
class RegexGrowthTest {
  /** A text of twice the length may take so much more: twice, and a little for the beginning. */
  private static final double MOST = 2.5;

  private static final int SHORT = 400;

  /** Longer than what bounded repeats can go over. */
  private static final int LONG = 16_000;

  /**
   * Looks at one character beyond which a text of {@link #LONG} characters is no longer looked at.
   */
  private static final int PER_CHARACTER = 1_000;

  private static Regexes regexes;

  @BeforeAll
  static void find() throws IOException {
    regexes = Regexes.all();
  }

  @Test
  void everyExpressionOfTheProgramIsLinear() {
    assertThat(regexes.found()).hasSizeGreaterThan(150);
    List<String> slow = new ArrayList<>();
    for (Regex regex : regexes.found()) {
      worst(regex).ifPresent(w -> slow.add(regex + "\n    " + w));
    }
    assertThat(slow).isEmpty();
  }

  /** What is put together at run time cannot be tried here, and has to be looked at by a person. */
  @Test
  void computedExpressionsAreKnown() {
    assertThat(regexes.computed())
        .containsExactlyInAnyOrder(
            "MetricsCsvReader: java.util.regex.Pattern.quote(String.valueOf(separator))",
            "OwnLimits: java.util.regex.Pattern.quote(id) + \"[\\'\\\"]?\\\\s*:.*\"",
            "ProblemLines: pattern",
            // methods of that name that take no expression
            "Library: arguments",
            "Chart: c.split()",
            "Chart: split",
            "CurveLines: c.split()",
            "CurvePoints: split",
            "Inside: p.split().id()",
            "Inside: p.split().id()",
            "Inside: p.split().id()",
            "ReadLines: line.split()",
            "RunBuilder: Measurements::passedOver");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?m)^\\s*(import|from)\\s+\\w+",
        "\\s+$",
        "\\d+x",
        "(a+)+b",
        "(?:[a-z]+\\.)*[a-z]+;",
        ".*error.*:",
        "\\s*=\\s*\\{",
        "\"[^}]*\"\\s*:",
        "rule \"([^\"]+)\"[\\s\\S]*?when"
      })
  void quadraticAndWorseExpressionsAreCaught(String pattern) {
    assertThat(worst(new Regex("here", pattern, true))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?m)^[ \\t]{0,200}+(import|from)\\b",
        "^\\d+\\.\\d+",
        "[^a-z0-9]",
        "loss\\s{0,8}=\\s{0,8}\\d{1,15}",
        "(?<!\\d)\\d++(?=x)"
      })
  void linearExpressionsAreNot(String pattern) {
    assertThat(worst(new Regex("here", pattern, true))).isEmpty();
  }

  /** The text on which an expression is worse than linear; empty when none is. */
  private static Optional<String> worst(Regex regex) {
    for (Hostile.Shape shape : new Hostile(regex.pattern().pattern()).shapes()) {
      long once = looks(regex, shape, SHORT);
      long twice = looks(regex, shape, 2 * SHORT);
      if (twice > MOST * once && twice > 4L * SHORT) {
        long first = looks(regex, shape, LONG);
        boolean endless = first > (long) PER_CHARACTER * LONG;
        long second = endless ? first : looks(regex, shape, 2 * LONG);
        if (endless || second > MOST * first) {
          return Optional.of(shape + ": " + first + " looks, " + second + " at twice the length");
        }
      }
    }
    return Optional.empty();
  }

  private static long looks(Regex regex, Hostile.Shape shape, int length) {
    long most = (long) PER_CHARACTER * length;
    Counted text = new Counted(shape.of(length), most);
    try {
      regex.run(text);
      return text.looks();
    } catch (Counted.Enough | StackOverflowError e) {
      return most * 4;
    }
  }

  @Test
  void textsAreMadeOfWhatTheExpressionIsMadeOf() {
    assertThat(new Hostile(Pattern.compile("(?m)^Package\\s+Version").pattern()).shapes())
        .anyMatch(s -> s.of(100).startsWith("Package   "));
  }
}
