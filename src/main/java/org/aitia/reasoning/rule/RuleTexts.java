package org.aitia.reasoning.rule;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** The sources of rules; those of the built-in ones travel with the program. */
public final class RuleTexts {
  /**
   * Where a rule stands.
   *
   * @param file its path: {@code rules/...} for a rule of the program
   * @param text the rule with the comment before it
   */
  public record Text(String file, String text) {}

  private static final String FOLDER = "rules/";

  private static final Pattern RULE = Pattern.compile("rule {1,9}\"([^\"]{1,500})\".*");
  private static final Pattern END = Pattern.compile("end\\b.*");

  /** Read once, when first asked for. */
  private static final class Sources {
    static final Map<String, Text> ALL = rules();
  }

  private RuleTexts() {}

  /** The text of a built-in rule. */
  public static Optional<Text> of(String rule) {
    return Optional.ofNullable(Sources.ALL.get(rule));
  }

  private static Map<String, Text> rules() {
    Map<String, String> sources = new TreeMap<>();
    builtIn().forEach((file, text) -> sources.put(FOLDER + file, text));
    return rules(sources);
  }

  /** The rules of sources given by the path of their file. */
  static Map<String, Text> rules(Map<String, String> sources) {
    Map<String, Text> found = new TreeMap<>();
    sources.forEach((file, source) -> rules(file, source.lines().toList(), found));
    return found;
  }

  private static void rules(String file, List<String> lines, Map<String, Text> found) {
    int from = -1;
    String name = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher rule = RULE.matcher(line);
      if (name != null) {
        if (END.matcher(line).matches()) {
          String text = String.join("\n", lines.subList(from, i)) + "\nend";
          found.put(name, new Text(file, text));
          name = null;
          from = -1;
        }
      } else if (rule.matches()) {
        name = rule.group(1);
        from = from < 0 ? i : from;
      } else {
        from = !line.startsWith("//") ? -1 : from < 0 ? i : from;
      }
    }
  }

  /** Every rule file, by its path. */
  public static Map<String, String> builtIn() {
    try {
      Path home =
          Path.of(RuleTexts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        return RuleCompiler.sources(home.resolve(FOLDER));
      }
      Map<String, String> found = new TreeMap<>();
      try (JarFile jar = new JarFile(home.toFile())) {
        for (ZipEntry entry : jar.stream().toList()) {
          if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".drl")) {
            try (InputStream in = jar.getInputStream(entry)) {
              found.put(
                  entry.getName().substring(FOLDER.length()),
                  new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
          }
        }
      }
      return found;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the sources of the rules cannot be read", e);
    }
  }
}
