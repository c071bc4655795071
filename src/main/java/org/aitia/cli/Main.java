package org.aitia.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code aitia}. */
@Command(
    name = "aitia",
    description = "Names the root cause of low accuracy from what a training run left behind.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {DiagnoseCommand.class, AskCommand.class})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command; the exit codes are those of the interfaces. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed, for example: aitia diagnose runs/exp1");
  }
}
