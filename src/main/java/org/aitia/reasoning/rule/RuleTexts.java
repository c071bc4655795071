package org.aitia.reasoning.rule;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sources of rules; those of the built-in ones travel with the program. */
public final class RuleTexts {
  /**
   * Where a rule stands.
   *
   * @param file its path: {@code rules/...} for a rule of the program
   * @param text the rule with the comment before it
   */
  public record Text(String file, String text) {}

  /** Name of the resource that holds the texts of the built-in rules. */
  static final String COMPILED = "rule-texts.json";

  private static final String FOLDER = "rules/";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Read once, when first asked for. */
  private static final class Compiled {
    static final Map<String, Text> ALL = compiled();
  }

  private RuleTexts() {}

  /** The text of a built-in rule. */
  public static Optional<Text> of(String rule) {
    return Optional.ofNullable(Compiled.ALL.get(rule));
  }

  private static Map<String, Text> compiled() {
    try (InputStream in = RuleTexts.class.getResourceAsStream("/" + COMPILED)) {
      return JSON.readValue(in, new TypeReference<TreeMap<String, Text>>() {});
    } catch (IOException e) {
      throw new IllegalStateException("the sources of the rules cannot be read", e);
    }
  }

  /** Writes the texts of the rules that are built in. */
  static void write(List<RuleFile> files, Path output) throws IOException {
    Map<String, Text> texts = new TreeMap<>();
    RuleFile.texts(files)
        .forEach((name, text) -> texts.put(name, new Text(FOLDER + text.file(), text.text())));
    JSON.writeValue(output.resolve(COMPILED).toFile(), texts);
  }
}
