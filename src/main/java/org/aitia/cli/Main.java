package org.aitia.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.aitia.cli.output.ErrorLine;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.NotWritten;
import org.aitia.cli.output.Surroundings;
import org.aitia.cli.output.Watched;
import org.aitia.report.Cells;
import org.aitia.service.start.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code aitia}. */
@Command(
    name = "aitia",
    description = "Names the root cause of low accuracy from what a training run left behind.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DiagnoseCommand.class,
      SweepCommand.class,
      AskCommand.class,
      ChecklistCommand.class,
      ReadCommand.class,
      ObserveCommand.class,
      FixCommand.class,
      ExplainCommand.class,
      ListCommand.class,
      DocsCommand.class,
      ServeCommand.class,
      McpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the limit of --fail-on was reached",
      "2:wrong usage",
      "3:nothing readable at a PATH; the other PATHs are still answered",
      "70:a part of the program failed; what the others say is answered",
      "74:the result could not be written",
      "130:interrupted",
      "141:nobody reads the result any more, as behind a pipe to head"
    },
    footer = {
      "",
      "For example:",
      "  aitia diagnose runs/exp1",
      "  aitia diagnose runs/* --format jsonl",
      "  aitia diagnose runs/exp1 --output report.md",
      "  aitia explain learning-rate-too-high"
    })
public final class Main implements Runnable {
  final Surroundings surroundings;
  @Spec private CommandSpec spec;

  Main(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs a command; the exit codes are those of the interfaces. */
  public static void main(String[] args) {
    CommandLine line = commandLine(Surroundings.ofProcess());
    Watched out = new Watched(new FileOutputStream(FileDescriptor.out));
    line.setOut(writer(out, 1 << 16));
    line.setErr(writer(new FileOutputStream(FileDescriptor.err), 1 << 8));
    int code = line.execute(args);
    line.getOut().flush();
    System.exit(written(out, line, code));
  }

  /** The exit code, once the result is out or not. */
  private static int written(Watched out, CommandLine line, int code) {
    int last = out.failure() == null ? code : out.isLeft() ? ExitCodes.LEFT : ExitCodes.NOT_WRITTEN;
    if (last == ExitCodes.NOT_WRITTEN && code != last) {
      line.getErr()
          .println("aitia: " + new NotWritten("standard output", out.failure()).getMessage());
    }
    line.getErr().flush();
    return last;
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine line = new CommandLine(new Main(surroundings));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Math.max(60, Math.min(Surroundings.PAGE, surroundings.columns())));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            surroundings.colour(Surroundings.Colour.auto)
                ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF));
    line.setExecutionExceptionHandler(Main::fault);
    line.setParameterExceptionHandler(Main::misused);
    return line;
  }

  private static int fault(Exception thrown, CommandLine line, ParseResult parsed) {
    Exception e = thrown instanceof java.io.UncheckedIOException io ? io.getCause() : thrown;
    boolean traced = parsed.hasMatchedOption("-v") || deepest(parsed).hasMatchedOption("-v");
    line.getErr().println("aitia: " + ErrorLine.of(e) + (traced ? "" : " (-v shows where)"));
    if (traced) {
      e.printStackTrace(line.getErr());
    }
    line.getErr().flush();
    return e instanceof NotWritten
        ? ExitCodes.NOT_WRITTEN
        : e instanceof java.io.IOException ? ExitCodes.USAGE : ExitCodes.FAULT;
  }

  /** Wrong usage in one line, with what might have been meant and where help is. */
  private static int misused(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    line.getErr().println("aitia: " + Cells.clean(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, line.getErr());
    line.getErr()
        .println("Try '" + line.getCommandSpec().qualifiedName() + " --help' for what there is.");
    line.getErr().flush();
    return ExitCodes.USAGE;
  }

  private static ParseResult deepest(ParseResult parsed) {
    return parsed.hasSubcommand() ? deepest(parsed.subcommand()) : parsed;
  }

  private static PrintWriter writer(OutputStream raw, int buffer) {
    return new PrintWriter(
        new OutputStreamWriter(
            new java.io.BufferedOutputStream(raw, buffer), StandardCharsets.UTF_8),
        false);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed, for example: aitia diagnose runs/exp1");
  }
}
