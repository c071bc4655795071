package org.aitia.run;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** The settings of a run on their way in. */
final class SettingsCollector {
  /** Settings kept at most that the reasoning does not ask for. */
  static final int MAX_OTHERS = 4_000;

  private final Map<Setting, Config.Entry> settings = new EnumMap<>(Setting.class);
  private final Map<String, Config.Entry> others = new LinkedHashMap<>();
  private final Set<Setting> overridden = EnumSet.noneOf(Setting.class);
  private final List<Conflict> conflicts;

  /**
   * Collects.
   *
   * @param conflicts where it is noted that files do not agree
   */
  SettingsCollector(List<Conflict> conflicts) {
    this.conflicts = conflicts;
  }

  void override(Setting setting, Object value, Source from) {
    overridden.add(setting);
    settings.put(setting, new Config.Entry(value, from));
  }

  void setting(Setting setting, Object value, Source from) {
    if (value == null || value instanceof String s && s.isBlank() || overridden.contains(setting)) {
      return;
    }
    Config.Entry known = settings.putIfAbsent(setting, new Config.Entry(value, from));
    if (known != null && !agree(known.value(), value)) {
      conflicts.add(
          new Conflict(
              setting.id(),
              String.valueOf(known.value()),
              known.source(),
              String.valueOf(value),
              from));
    }
  }

  void other(String path, Object value, Source from) {
    if (value != null && others.size() < MAX_OTHERS) {
      others.putIfAbsent(path, new Config.Entry(value, from));
    }
  }

  private static boolean agree(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      double p = x.doubleValue();
      double q = y.doubleValue();
      return p == q || Math.abs(p - q) <= 1e-6 * Math.max(Math.abs(p), Math.abs(q));
    }
    String p = normal(a);
    String q = normal(b);
    return p.equals(q) || p.contains(q) || q.contains(p);
  }

  private static String normal(Object value) {
    return String.valueOf(value).toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.]", "");
  }

  Config build() {
    return new Config(settings, others);
  }
}
