package org.aitia.reasoning.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.Catalogue;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.reasoning.rule.RuleCompiler;
import org.aitia.reasoning.rule.RuleException;
import org.aitia.run.Report;

/**
 * The knowledge and the rules of the program with those of the user's own: rules and entries of the
 * knowledge base are added, limits of thresholds replaced.
 *
 * @param knowledge its version tells that it is not the program's alone
 */
public record OwnKnowledge(Knowledge knowledge, RuleBook rules) {

  /**
   * Loads and checks.
   *
   * @param folder holds {@code *.drl} and entries laid out as the knowledge base is ({@code
   *     causes/}, {@code symptoms/}, {@code questions.yaml}, {@code checks.yaml}, {@code
   *     terms.yaml}); null for none
   * @param limits names limits by the symptom's id: {@code loss-noisy: {above: 0.4}}; null for none
   * @throws KnowledgeException naming file and line of every problem
   */
  public static OwnKnowledge load(Path folder, Path limits) {
    try {
      List<String> problems = new ArrayList<>();
      Map<String, String> sources = folder == null ? Map.of() : sources(folder);
      Knowledge knowledge = KnowledgeReader.compiled();
      if (folder != null) {
        knowledge = KnowledgeReader.with(knowledge, folder);
      }
      if (limits != null) {
        knowledge = OwnLimits.apply(knowledge, limits, problems);
      }
      if (!problems.isEmpty()) {
        throw new KnowledgeException(problems);
      }
      RuleBook rules = RuleBook.builtIn();
      if (!sources.isEmpty()) {
        Map<String, String> named = new TreeMap<>();
        sources.forEach((name, text) -> named.put(folder.resolve(name).toString(), text));
        Catalogue.checkOwn(knowledge, rules.entries().keySet(), named);
        rules = compiled(folder, sources);
        rehearse(knowledge, rules, named);
      }
      return new OwnKnowledge(knowledge.named(version(knowledge, sources)), rules);
    } catch (IOException e) {
      throw new KnowledgeException(List.of(e.getMessage() + ": cannot be read"));
    }
  }

  /** Lets the rules speak on a run with every symptom at once, so that one that fails is found. */
  private static void rehearse(Knowledge knowledge, RuleBook rules, Map<String, String> sources) {
    List<Report.Stated> all =
        knowledge.symptoms().keySet().stream()
            .map(id -> new Report.Stated(id, Double.NaN, null))
            .toList();
    try {
      new Reasoner(knowledge, rules).rehearse(List.of(), new Report(all, Map.of(), List.of()));
    } catch (RuleException e) {
      throw new KnowledgeException(List.of(Catalogue.place(sources, e.rule()) + e.getMessage()), e);
    }
  }

  private static Map<String, String> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new KnowledgeException(List.of(folder + ": is no folder"));
    }
    return RuleCompiler.sources(folder);
  }

  /** Tells one state of own knowledge from another. */
  private static String version(Knowledge knowledge, Map<String, String> sources) {
    return knowledge.version()
        + "+own."
        + Integer.toHexString((sources + "\n" + knowledge).hashCode());
  }

  private static RuleBook compiled(Path folder, Map<String, String> sources) {
    try {
      return RuleBook.builtInWith(sources);
    } catch (KnowledgeException e) {
      String place = Matcher.quoteReplacement(folder + "/");
      throw new KnowledgeException(
          e.problems().stream()
              .map(p -> p.replaceFirst("^\\S*" + RuleCompiler.PLACE, place))
              .toList());
    }
  }
}
