package org.aitia.run.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.run.value.Source;

/**
 * What the run ran in, as far as its files tell.
 *
 * @param packages versions by the package's name, in lower case with hyphens (PEP 503)
 * @param variables values by the environment variable's name
 * @param remarks what programs said of themselves, in order
 */
public record Environment(
    Map<String, Found> packages, Map<String, Found> variables, List<Remark> remarks) {
  /** Nothing is known. */
  public static final Environment UNKNOWN = new Environment(Map.of(), Map.of(), List.of());

  public Environment {
    packages = Collections.unmodifiableMap(new LinkedHashMap<>(packages));
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    remarks = List.copyOf(remarks);
  }

  /** A version or a value, and where it was read. */
  public record Found(String value, Source source) {}

  /**
   * A warning or an error in a log; the tag of its source is the number of the line.
   *
   * @param last whether nothing was logged after it: the program ended by it
   */
  public record Remark(String text, Source source, boolean last) {
    /** One in the midst of a log. */
    public Remark(String text, Source source) {
      this(text, source, false);
    }
  }

  /** Whether the versions of packages or the values of variables are known. */
  public boolean isListed() {
    return !packages.isEmpty() || !variables.isEmpty();
  }
}
