package org.aitia.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.OutputFile;
import org.aitia.evidence.Readers;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;
import org.aitia.report.page.Handbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aitia docs}. */
@Command(
    name = "docs",
    description =
        "Writes the handbook, made of the knowledge base, as Markdown: in English and in Chinese.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DocsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "the folder to write to; pages of the same names are replaced")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Knowledge knowledge = KnowledgeReader.compiled();
    RuleBook rules = RuleBook.builtIn();
    Map<String, String> formats = new LinkedHashMap<>();
    Readers.ALL.forEach(r -> formats.put(r.format(), r.describe()));
    int written = 0;
    for (Language language : Language.values()) {
      Words words = new Words(knowledge, language);
      for (Map.Entry<String, String> page :
          new Handbook(knowledge, rules, formats, words).pages().entrySet()) {
        Path at = folder.resolve(language.tag()).resolve(page.getKey());
        OutputFile.writeBelow(at, page.getValue());
        written++;
      }
    }
    spec.commandLine()
        .getErr()
        .println(written + " pages written; begin at " + folder.resolve("en/README.md"));
    spec.commandLine().getErr().flush();
    return ExitCodes.DONE;
  }
}
