package org.aitia.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of settings says what the service does. */
final class SettingsTest {
  private static final long MIB = 1 << 20;

  @Test
  void everySettingStandsInTheTableWithItsDefault() throws IOException {
    Map<String, String> rows = rows();
    defaults(Settings.class, "AITIA_")
        .forEach(
            (variable, value) -> {
              assertThat(rows).containsKey(variable);
              assertThat(rows.get(variable)).as(variable).isEqualTo(value);
            });
  }

  /** What users read as a default: sizes in MiB, and no number of workers that stands for all. */
  private static String shown(String variable, String value) {
    if (variable.equals("AITIA_WORKERS")) {
      assertThat(value).isEqualTo("0");
      return "one a processor";
    }
    boolean size = value.matches("[0-9]{7,}");
    return size ? Long.parseLong(value) / MIB + " MiB" : value;
  }

  private static Map<String, String> defaults(Class<?> settings, String prefix) {
    Map<String, String> found = new TreeMap<>();
    for (Method method : settings.getDeclaredMethods()) {
      String variable =
          prefix + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
      WithDefault value = method.getAnnotation(WithDefault.class);
      if (value != null) {
        found.put(variable, shown(variable, value.value()));
      } else if (method.getReturnType().isInterface()
          && method.getReturnType().getDeclaringClass() == Settings.class) {
        found.putAll(defaults(method.getReturnType(), variable + "_"));
      }
    }
    return found;
  }

  /** The default by variable. */
  private static Map<String, String> rows() throws IOException {
    return Files.readAllLines(Path.of("README.md")).stream()
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .filter(cells -> cells.size() == 5 && cells.get(2).startsWith("`AITIA_"))
        .collect(Collectors.toMap(SettingsTest::variable, SettingsTest::value, (a, b) -> a));
  }

  private static String variable(List<String> cells) {
    return cells.get(2).replaceAll("`([A-Z_]+).*", "$1");
  }

  private static String value(List<String> cells) {
    return cells.get(3).replace("`", "");
  }
}
