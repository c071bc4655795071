package org.aitia.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.KnowledgeReader;

/** The build's step that checks knowledge base and rules against each other and compiles both. */
public final class KnowledgeCompiler {
  private KnowledgeCompiler() {}

  /**
   * Compiles.
   *
   * @param args knowledge base, rules, output folder
   */
  public static void main(String[] args) throws IOException {
    Path output = Path.of(args[2]);
    try {
      Map<String, String> sources = RuleCompiler.sources(Path.of(args[1]));
      Knowledge knowledge = KnowledgeReader.read(Path.of(args[0]), version(output));
      Catalogue.check(knowledge, sources);
      KnowledgeReader.write(knowledge, output.resolve(KnowledgeReader.COMPILED));
      RuleCompiler.compileTo(sources, output);
    } catch (KnowledgeException e) {
      e.problems().forEach(System.err::println);
      throw new IllegalStateException(
          e.problems().size() + " problems in the knowledge base or the rules, see above");
    }
  }

  private static String version(Path output) throws IOException {
    Path file = output.resolve("version");
    return Files.exists(file) ? Files.readString(file).strip() : "unknown";
  }
}
