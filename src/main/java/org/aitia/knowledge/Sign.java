package org.aitia.knowledge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What in a run's environment is a symptom: versions that do not go together, variables, or a line
 * that a program printed. All that is given has to be found; of pairs, one that is not listed.
 *
 * @param packages ranges of versions by package: {@code ">=2.0 <3"}, parts of a range all hold
 * @param pairs two packages and their versions that belong together, as beginnings of versions; a
 *     version that begins with none of them says nothing
 * @param variables values by variable, as regular expressions that match the whole value
 * @param said a line of a log; its first group, if it has one, is shown
 * @param last whether the program has to have ended by that line
 * @param example a line as programs print it, for {@code said}
 * @param unlike a line that looks alike and is none
 * @param origin where it is known from
 * @param reason what it does to the accuracy
 * @param repairs what to do about what ended the program, the likeliest first
 * @param supports causes it speaks for
 * @param opposes causes it speaks against
 */
public record Sign(
    Map<String, String> packages,
    Pairs pairs,
    Map<String, Pattern> variables,
    Pattern said,
    boolean last,
    String example,
    String unlike,
    String origin,
    String reason,
    List<Text> repairs,
    @JsonProperty("for") Map<String, Level> supports,
    @JsonProperty("against") Map<String, Level> opposes) {
  /** The measure of a sign is this and the symptom's id. */
  public static final String MEASURE = "sign:";

  /** Versions of two packages that belong together. */
  public record Pairs(String first, String second, List<List<String>> together) {}

  public Sign {
    packages = ordered(packages);
    variables = ordered(variables);
    repairs = repairs == null ? List.of() : List.copyOf(repairs);
    supports = ordered(supports);
    opposes = ordered(opposes);
  }

  /**
   * What it claims.
   *
   * @param subject of the symptom: signs of one subject count once
   */
  public List<Claim> claims(String subject) {
    return Claim.of(supports, opposes, MEASURE + subject);
  }

  /** In the order of the file: what is found is told in it. */
  private static <T> Map<String, T> ordered(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
