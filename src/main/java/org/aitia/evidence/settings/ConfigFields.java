package org.aitia.evidence.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.limit.Budget;
import org.aitia.run.RunBuilder;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;

/** Settings in config files, under whatever name: {@code names.yaml} lists those in use. */
public final class ConfigFields {
  /** What a flag that is true says about the precision. */
  private static final Map<String, String> PRECISION_FLAGS =
      Map.of("fp16", "amp-fp16", "bf16", "amp-bf16", "amp", "amp-fp16", "use-amp", "amp-fp16");

  /** The path under which recorders note versions and variables. */
  private static final String ENVIRONMENT = "environment.";

  /** DeepSpeed switches on so: {@code fp16: {enabled: true}}. */
  private static final String ENABLED = ".enabled";

  public static final int MAX_DEPTH = 40;

  private ConfigFields() {}

  /** A {@code config} record of a run record. */
  public static void record(JsonNode node, String file, RunBuilder run, Vocabulary vocabulary) {
    List<String> aside = new ArrayList<>(); // the record was looked through before
    node.properties()
        .forEach(
            f -> {
              if (!f.getKey().equals("type")) {
                take(f.getKey(), f.getValue(), file, run, vocabulary, 0, aside);
              }
            });
  }

  /**
   * Every setting of a config file, whatever its nesting.
   *
   * @return the settings that were set aside, with what is wrong with them
   */
  public static List<String> tree(
      JsonNode node, String file, RunBuilder run, Vocabulary vocabulary) {
    List<String> aside = new ArrayList<>();
    node.properties().forEach(f -> take(f.getKey(), f.getValue(), file, run, vocabulary, 0, aside));
    return aside;
  }

  private static void take(
      String path,
      JsonNode value,
      String file,
      RunBuilder run,
      Vocabulary vocabulary,
      int depth,
      List<String> aside) {
    Budget.step();
    if (value.isObject()) {
      if (depth < MAX_DEPTH) {
        value
            .properties()
            .forEach(
                f ->
                    take(
                        path + "." + f.getKey(),
                        f.getValue(),
                        file,
                        run,
                        vocabulary,
                        depth + 1,
                        aside));
      }
      return;
    }
    Object found = value.isArray() ? list(value) : Json.scalar(value);
    Source from = new Source(file, path);
    if (path.startsWith(ENVIRONMENT) && found != null) {
      EnvironmentReader.noted(path.substring(ENVIRONMENT.length()), found, from, run);
      return;
    }
    Setting setting = setting(path, vocabulary);
    String flag = value.isBoolean() && value.booleanValue() ? precision(path) : null;
    if (flag != null) {
      run.setting(Setting.PRECISION, flag, from);
    } else if (setting == null && path.equals("type")) {
      run.setting(Setting.MODEL_TYPE, found, from);
    } else if (setting == null) {
      run.other(path, found, from);
    } else if (says(setting, found)) {
      String problem = Ranges.problem(setting, number(found));
      if (problem == null) {
        run.setting(setting, number(found), from);
      } else {
        aside.add(path + ": " + problem);
      }
    }
  }

  private static String precision(String path) {
    String plain = plain(path);
    String flag =
        plain.endsWith(ENABLED) ? plain.substring(0, plain.length() - ENABLED.length()) : plain;
    return PRECISION_FLAGS.get(flag.substring(flag.lastIndexOf('.') + 1));
  }

  /** Whether a value says anything: "None" and a step limit of -1 stand for "not set". */
  private static boolean says(Setting setting, Object value) {
    if (value instanceof String s) {
      String plain = s.strip().toLowerCase(Locale.ROOT);
      return !plain.equals("null")
          && !plain.equals("auto")
          && !(plain.equals("none") && setting != Setting.OUTPUT_ACTIVATION)
          && !(plain.equals("no") && setting == Setting.PRECISION);
    }
    boolean unset = setting == Setting.MAX_STEPS || setting == Setting.LOSS_SCALE; // 0: dynamic
    return !(unset && value instanceof Number n && n.doubleValue() <= 0);
  }

  /** YAML reads {@code 1e-4} as text: a number is meant. */
  private static Object number(Object value) {
    if (value instanceof String s && !Double.isNaN(Json.number(s))) {
      return Json.number(s);
    }
    return value;
  }

  private static String plain(String path) {
    String plain = path.toLowerCase(Locale.ROOT).replaceAll("[_ ]", "-");
    // Weights & Biases wraps each value: "learning_rate: {desc: null, value: 0.1}"
    return plain.endsWith(".value") && !plain.endsWith("target.value")
        ? plain.substring(0, plain.length() - ".value".length())
        : plain;
  }

  private static List<Object> list(JsonNode array) {
    List<Object> items = new ArrayList<>();
    for (JsonNode item : array) {
      Object scalar = Json.scalar(item);
      if (scalar != null && items.size() < 1_000) {
        items.add(scalar);
      }
    }
    return items;
  }

  /** The setting that a dotted path names, or null. */
  public static Setting setting(String path, Vocabulary vocabulary) {
    String plain = plain(path);
    Setting whole = vocabulary.setting(plain);
    if (whole != null) {
      return whole;
    }
    int dot = plain.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    int before = plain.lastIndexOf('.', dot - 1);
    Setting two = vocabulary.setting(plain.substring(before + 1));
    if (two != null) {
      return two;
    }
    String last = plain.substring(dot + 1);
    // "name" or "type" alone say nothing: they belong to whatever they stand under
    return last.equals("name") || last.equals("type") ? null : vocabulary.setting(last);
  }
}
