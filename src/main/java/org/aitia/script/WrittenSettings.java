package org.aitia.script;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.script.trace.Site;
import org.aitia.script.trace.Value;

/**
 * The settings that the scripts of a run write out, each with its file and line. What the command
 * line may set otherwise is none of them, nor what stands behind a test that is not known, nor what
 * two places set differently.
 */
public final class WrittenSettings {
  private final Map<Setting, Config.Entry> found = new EnumMap<>(Setting.class);
  private final Set<Setting> disputed = EnumSet.noneOf(Setting.class);

  /** The run with what its scripts set and nothing else records. */
  public static Run added(Run run) {
    if (run == null || run.scripts().isEmpty()) {
      return run;
    }
    return run.completed(Followed.of(run).settings());
  }

  /** The same for the runs that a run is held against. */
  public static Companions added(Companions companions) {
    return new Companions(added(companions.reference()), added(companions.previous()));
  }

  /** What was found. */
  Map<Setting, Config.Entry> entries() {
    return found;
  }

  /** Takes a number that is written down. */
  void number(Setting setting, Value value, Site site) {
    if (value != null && !Double.isNaN(value.number())) {
      literal(setting, value, site);
    }
  }

  /** Takes a text that is written down. */
  void text(Setting setting, Value value, Site site) {
    if (value != null && value.constant instanceof String) {
      literal(setting, value, site);
    }
  }

  /** Takes a value when it is written down. */
  void literal(Setting setting, Value value, Site site) {
    if (isLiteral(value)) {
      take(setting, value.constant, site);
    }
  }

  static boolean isLiteral(Value value) {
    return value != null && value.is(Value.Kind.CONSTANT) && !value.soft && value.constant != null;
  }

  /** Takes what the script is known to do. */
  void take(Setting setting, Object value, Site site) {
    Config.Entry known = found.get(setting);
    if (!site.isCertain() || known != null && !known.value().equals(value)) {
      dispute(setting);
    } else if (known == null && !disputed.contains(setting)) {
      Source source = new Source(site.script().file(), String.valueOf(site.line()));
      found.put(setting, new Config.Entry(value, source));
    }
  }

  /** Takes the largest of several numbers that may differ. */
  void largest(Setting setting, Value value, Site site) {
    Config.Entry known = found.get(setting);
    if (isLiteral(value)
        && site.isCertain()
        && (known == null || (Double) known.value() < value.number())) {
      found.remove(setting);
      number(setting, value, site);
    }
  }

  private void dispute(Setting setting) {
    disputed.add(setting);
    found.remove(setting);
  }
}
