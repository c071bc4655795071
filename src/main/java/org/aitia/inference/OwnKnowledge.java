package org.aitia.inference;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.KnowledgeReader;
import org.aitia.knowledge.SymptomType;
import org.aitia.knowledge.Threshold;

/**
 * The knowledge and the rules of the program with those of the user's own: rule files and symptoms
 * are added, limits of thresholds replaced.
 *
 * @param knowledge its version tells that it is not the program's alone
 */
public record OwnKnowledge(Knowledge knowledge, RuleBook rules) {

  /**
   * Loads and checks.
   *
   * @param folder holds {@code *.drl} and {@code symptoms/*.yaml}; null for none
   * @param limits names limits by the symptom's id: {@code loss-noisy: {above: 0.4}}; null for none
   * @throws KnowledgeException naming file and line of every problem
   */
  public static OwnKnowledge load(Path folder, Path limits) {
    try {
      List<String> problems = new ArrayList<>();
      Knowledge knowledge = KnowledgeReader.compiled();
      Map<String, String> sources = new TreeMap<>();
      if (folder != null) {
        if (!Files.isDirectory(folder)) {
          throw new KnowledgeException(List.of(folder + ": is no folder"));
        }
        sources.putAll(RuleCompiler.sources(folder));
        if (Files.isDirectory(folder.resolve("symptoms"))) {
          knowledge = KnowledgeReader.with(knowledge, folder.resolve("symptoms"));
        }
      }
      if (limits != null) {
        knowledge = limited(knowledge, limits, problems);
      }
      if (!problems.isEmpty()) {
        throw new KnowledgeException(problems);
      }
      RuleBook builtIn = RuleBook.builtIn();
      Map<String, String> named = new TreeMap<>();
      sources.forEach((name, text) -> named.put(folder.resolve(name).toString(), text));
      Catalogue.checkOwn(knowledge, builtIn.entries().keySet(), named);
      RuleBook rules = sources.isEmpty() ? builtIn : compiled(folder, sources);
      String mark = Integer.toHexString((sources + "\n" + knowledge.symptoms()).hashCode());
      return new OwnKnowledge(named(knowledge, knowledge.version() + "+own." + mark), rules);
    } catch (IOException e) {
      throw new KnowledgeException(List.of(e.getMessage() + ": cannot be read"));
    }
  }

  private static RuleBook compiled(Path folder, Map<String, String> sources) {
    try {
      return RuleBook.builtInWith(sources);
    } catch (KnowledgeException e) {
      throw new KnowledgeException(
          e.problems().stream()
              .map(
                  p ->
                      p.replaceFirst(
                          "^\\S*" + RuleCompiler.PLACE,
                          java.util.regex.Matcher.quoteReplacement(folder + "/")))
              .toList());
    }
  }

  private static Knowledge limited(Knowledge knowledge, Path file, List<String> problems)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new KnowledgeException(List.of(file + ": no such file"));
    }
    String text = Files.readString(file);
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new KnowledgeException(
          List.of(file + ":" + (at == null ? 1 : at.getLineNr()) + ": " + e.getOriginalMessage()));
    }
    Map<String, SymptomType> symptoms = new LinkedHashMap<>(knowledge.symptoms());
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      String id = field.getKey();
      String place = file + ":" + line(text, id) + ": " + id + ": ";
      SymptomType type = symptoms.get(id);
      if (type == null || type.threshold() == null) {
        problems.add(
            place
                + (type == null ? "there is no such symptom" : "rules conclude it: no threshold"));
        continue;
      }
      Threshold old = type.threshold();
      Double above = old.above();
      Double below = old.below();
      for (Map.Entry<String, JsonNode> limit : field.getValue().properties()) {
        boolean upper = limit.getKey().equals("above");
        if (!upper && !limit.getKey().equals("below")) {
          problems.add(place + "no such limit '" + limit.getKey() + "': above or below");
        } else if ((upper ? above : below) == null) {
          problems.add(place + "this threshold has no limit '" + limit.getKey() + "'");
        } else if (!limit.getValue().isNumber()) {
          problems.add(place + limit.getKey() + " is not a number");
        } else if (upper) {
          above = limit.getValue().doubleValue();
        } else {
          below = limit.getValue().doubleValue();
        }
      }
      if (!field.getValue().isObject() || field.getValue().isEmpty()) {
        problems.add(place + "a mapping with above or below is expected");
      }
      symptoms.put(
          id,
          type.with(
              new Threshold(
                  old.measure(), above, below, file.getFileName().toString(), "set by you")));
    }
    return new Knowledge(
        knowledge.version(),
        knowledge.causes(),
        knowledge.steps(),
        symptoms,
        knowledge.checks(),
        knowledge.questions(),
        knowledge.terms(),
        knowledge.weights());
  }

  private static int line(String text, String key) {
    int line = 1;
    for (String l : text.split("\n")) {
      if (l.replaceAll("^['\"]", "").startsWith(key)) {
        return line;
      }
      line++;
    }
    return 1;
  }

  private static Knowledge named(Knowledge k, String version) {
    return new Knowledge(
        version,
        k.causes(),
        k.steps(),
        k.symptoms(),
        k.checks(),
        k.questions(),
        k.terms(),
        k.weights());
  }
}
