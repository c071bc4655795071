package org.aitia.reasoning.rule;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.run.word.Lexicon;

/** The build's step that checks knowledge base and rules against each other and compiles both. */
public final class KnowledgeCompiler {
  /** What the compiled form in the output folder was made of. */
  private static final String STAMP = "knowledge-stamp";

  private KnowledgeCompiler() {}

  /**
   * Compiles, unless what lies in the output folder was made of just this.
   *
   * @param args knowledge base, rules, output folder
   */
  public static void main(String[] args) throws IOException {
    Path output = Path.of(args[2]);
    String made = madeOf(Path.of(args[0]), Path.of(args[1]), output);
    Path stamp = output.resolve(STAMP);
    if (Files.exists(stamp) && Files.readString(stamp).equals(made)) {
      return;
    }
    Files.deleteIfExists(stamp);
    // Classes of rules that are gone would stay for ever.
    delete(output.resolve(RuleCompiler.PLACE));
    compile(args, output);
    Files.writeString(stamp, made);
  }

  /**
   * Tells one state of everything that the compiled form depends on from another: knowledge, rules,
   * and the program's own classes, which rules are compiled against.
   */
  private static String madeOf(Path... folders) throws IOException {
    CRC32C sum = new CRC32C();
    for (Path folder : folders) {
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path file : walk.filter(KnowledgeCompiler::counts).sorted().toList()) {
          sum.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
          sum.update(Files.readAllBytes(file));
        }
      }
    }
    return Long.toHexString(sum.getValue());
  }

  /** What is made here, and the cases, which only tests read, are left out. */
  private static boolean counts(Path file) {
    String path = file.toString().replace('\\', '/');
    return Files.isRegularFile(file)
        && !path.contains("/knowledge-base/cases/")
        && !path.contains("/" + RuleCompiler.PLACE)
        && !path.endsWith("/" + KnowledgeReader.COMPILED)
        && !path.endsWith("/" + RuleCompiler.INDEX)
        && !path.endsWith("/" + RuleTexts.COMPILED)
        && !path.endsWith("/" + STAMP);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void compile(String[] args, Path output) throws IOException {
    try {
      Map<String, String> sources = RuleCompiler.sources(Path.of(args[1]));
      Knowledge knowledge = KnowledgeReader.read(Path.of(args[0]), version(output));
      List<RuleFile> files = RuleFile.parse(sources);
      Catalogue.check(knowledge, files);
      words();
      RuleTexts.write(files, output);
      KnowledgeReader.write(knowledge, output.resolve(KnowledgeReader.COMPILED));
      RuleCompiler.compileTo(sources, output);
    } catch (KnowledgeException e) {
      e.problems().forEach(System.err::println);
      throw new IllegalStateException(
          e.problems().size() + " problems in the knowledge base or the rules, see above");
    }
  }

  private static void words() {
    try {
      Lexicon.read();
    } catch (IllegalArgumentException e) {
      throw new KnowledgeException(List.of(Lexicon.FILE + ": " + e.getMessage()), e);
    }
  }

  private static String version(Path output) throws IOException {
    Path file = output.resolve("version");
    return Files.exists(file) ? Files.readString(file).strip() : "unknown";
  }
}
