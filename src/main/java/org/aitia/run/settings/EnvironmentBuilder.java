package org.aitia.run.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.aitia.run.value.Source;

/** Collects an {@link Environment} in bounded memory; of two words on one thing the first stays. */
public final class EnvironmentBuilder {
  /** Packages and variables kept at most, each; large environments have some 600. */
  private static final int MAX_NAMES = 5_000;

  /** Remarks kept at most: a warning repeated in every step with other numbers counts once. */
  private static final int MAX_REMARKS = 400;

  private static final int MAX_LENGTH = 1_000;

  private final Map<String, Environment.Found> packages = new LinkedHashMap<>();
  private final Map<String, Environment.Found> variables = new LinkedHashMap<>();
  private final List<Environment.Remark> remarks = new ArrayList<>();
  private final Set<String> said = new HashSet<>();

  public void installed(String name, String version, Source from) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    put(packages, plain, version, from);
  }

  public void variable(String name, String value, Source from) {
    put(variables, name, value, from);
  }

  private static void put(
      Map<String, Environment.Found> into, String name, String value, Source from) {
    if (value != null && !name.isBlank() && into.size() < MAX_NAMES) {
      into.putIfAbsent(name, new Environment.Found(brief(value), from));
    }
  }

  public void remark(String text, Source from) {
    String brief = brief(text);
    if (remarks.size() < MAX_REMARKS && said.add(brief.replaceAll("\\d+", "0"))) {
      remarks.add(new Environment.Remark(brief, from));
    }
  }

  /** A remark by which a program ended; it takes the place of the same one in the midst. */
  public void ending(String text, Source from) {
    remarks.remove(new Environment.Remark(brief(text), from));
    if (remarks.size() < 2 * MAX_REMARKS) {
      remarks.add(new Environment.Remark(brief(text), from, true));
    }
  }

  private static String brief(String text) {
    String plain = text.strip();
    return plain.length() > MAX_LENGTH ? plain.substring(0, MAX_LENGTH) : plain;
  }

  public Environment build() {
    return new Environment(packages, variables, remarks);
  }
}
