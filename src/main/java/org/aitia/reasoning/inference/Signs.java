package org.aitia.reasoning.inference;

import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Sign;
import org.aitia.knowledge.SymptomType;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Observation;
import org.aitia.observation.measure.Place;
import org.aitia.run.settings.Environment;
import org.aitia.run.value.Source;

/** Looks the environment of a run through for the signs that the knowledge base lists. */
public final class Signs {
  private static final Pattern PART = Pattern.compile("(>=|<=|<|>|==)\\s*(\\S+)");

  private record Found(String detail, Source source) {}

  private Signs() {}

  /**
   * The signs that are there.
   *
   * @param before number of the observations made before; the signs are counted on from them
   */
  public static List<Observation> in(Environment environment, Knowledge knowledge, int before) {
    List<Observation> all = new ArrayList<>();
    for (SymptomType type : knowledge.symptoms().values()) {
      if (type.sign() != null) {
        found(environment, type.sign())
            .ifPresent(f -> all.add(observation(type, f, before + all.size())));
      }
    }
    return all;
  }

  private static Observation observation(SymptomType type, Found found, int before) {
    return new Observation(
        "o" + (before + 1),
        type.subject(),
        new Measure(type.threshold().measure(), "count", "found in the environment"),
        1,
        found.detail(),
        Place.RUN,
        found.source(),
        null);
  }

  private static Optional<Found> found(Environment environment, Sign sign) {
    List<String> details = new ArrayList<>();
    Source source = null;
    for (Map.Entry<String, String> wanted : sign.packages().entrySet()) {
      Environment.Found installed = environment.packages().get(wanted.getKey());
      if (installed == null || !within(installed.value(), wanted.getValue())) {
        return Optional.empty();
      }
      details.add(wanted.getKey() + " " + installed.value());
      source = installed.source();
    }
    for (Map.Entry<String, Pattern> wanted : sign.variables().entrySet()) {
      Environment.Found set = environment.variables().get(wanted.getKey());
      if (set == null || !wanted.getValue().matcher(set.value()).matches()) {
        return Optional.empty();
      }
      details.add(wanted.getKey() + "=" + set.value());
      source = set.source();
    }
    if (sign.pairs() != null) {
      Sign.Pairs pairs = sign.pairs();
      Environment.Found first = environment.packages().get(pairs.first());
      Environment.Found second = environment.packages().get(pairs.second());
      if (first == null || second == null || !apart(pairs, first.value(), second.value())) {
        return Optional.empty();
      }
      details.add(pairs.first() + " " + first.value());
      details.add(pairs.second() + " " + second.value());
      source = second.source();
    }
    if (sign.said() != null) {
      Optional<Found> remark = said(environment, sign);
      if (remark.isEmpty()) {
        return Optional.empty();
      }
      details.add(remark.get().detail());
      source = remark.get().source();
    }
    return Optional.of(new Found(String.join(", ", details), source));
  }

  private static Optional<Found> said(Environment environment, Sign sign) {
    for (Environment.Remark remark : environment.remarks()) {
      Matcher m = sign.said().matcher(remark.text());
      if ((remark.last() || !sign.last()) && m.find()) {
        boolean group = m.groupCount() > 0 && m.group(1) != null;
        return Optional.of(new Found(group ? m.group(1) : m.group(), remark.source()));
      }
    }
    return Optional.empty();
  }

  /** Whether a version lies in a range; one that is no version lies in none. */
  static boolean within(String version, String range) {
    try {
      Version installed = Version.parse(release(version));
      Matcher part = PART.matcher(range);
      boolean any = false;
      while (part.find()) {
        any = true;
        int order = installed.compareTo(Version.parse(part.group(2)));
        boolean holds =
            switch (part.group(1)) {
              case ">=" -> order >= 0;
              case "<=" -> order <= 0;
              case "<" -> order < 0;
              case ">" -> order > 0;
              default -> order == 0;
            };
        if (!holds) {
          return false;
        }
      }
      return any;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The numbers of a version, without what tells a build or a candidate: 2.1 of 2.1.0rc1+cu118. */
  private static String release(String version) {
    Matcher numbers = Pattern.compile("^\\d+(?:\\.\\d+){0,4}").matcher(version);
    return numbers.find() ? numbers.group() : version;
  }

  private static boolean apart(Sign.Pairs pairs, String first, String second) {
    boolean known = false;
    for (List<String> pair : pairs.together()) {
      if (begins(first, pair.get(0))) {
        known = true;
        if (begins(second, pair.get(1))) {
          return false;
        }
      }
    }
    return known;
  }

  private static boolean begins(String version, String series) {
    return version.equals(series) || version.startsWith(series + ".");
  }
}
