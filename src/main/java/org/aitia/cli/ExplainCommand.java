package org.aitia.cli;

import java.util.concurrent.Callable;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.Speech;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Nearest;
import org.aitia.report.Words;
import org.aitia.report.page.FormatPage;
import org.aitia.report.page.Pages;
import org.aitia.report.terminal.PageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code aitia explain}. */
@Command(
    name = "explain",
    description =
        "Shows the page of a cause, symptom or threshold, question, check, step or rule, or of the"
            + " format run-record.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "an id as reports and `aitia list` name it")
  private String id;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; default: text")
  private PageFormat format;

  @Mixin private Speech speech;

  /** Formats of a page. */
  enum PageFormat {
    text,
    markdown,
    schema
  }

  @Override
  public Integer call() {
    Knowledge knowledge = KnowledgeReader.compiled();
    Words words = new Words(knowledge, speech.language(main.surroundings));
    Pages pages = new Pages(knowledge, RuleBook.builtIn(), words);
    if (format == PageFormat.schema) {
      if (!id.equals(FormatPage.ID)) {
        throw new ParameterException(
            spec.commandLine(), "only " + FormatPage.ID + " has a schema, not '" + id + "'");
      }
      spec.commandLine().getOut().print(FormatPage.schema());
      return ExitCodes.DONE;
    }
    String page =
        pages
            .of(id)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "there is no '" + id + "'" + Nearest.suggestion(id, pages.ids())));
    spec.commandLine()
        .getOut()
        .print(
            format == PageFormat.markdown
                ? page
                : PageReport.text(
                    page, main.surroundings.columns(), speech.colour(main.surroundings)));
    return ExitCodes.DONE;
  }
}
