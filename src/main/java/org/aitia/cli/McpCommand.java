package org.aitia.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.agent.Endpoint;
import org.aitia.agent.Reach;
import org.aitia.agent.StandardStreams;
import org.aitia.cli.output.ExitCodes;
import org.aitia.cli.output.NotWritten;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aitia mcp}. */
@Command(
    name = "mcp",
    description =
        "Tools for coding agents: the Model Context Protocol on standard input and output.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class McpCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "agents may name what lies in this folder alone; may be repeated")
  private List<Path> roots = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    // Whatever else would print there goes where it does not break the protocol.
    System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    Diagnoser diagnoser = Diagnoser.builtIn();
    Endpoint endpoint = new Endpoint(() -> diagnoser, Reach.of(roots));
    try {
      StandardStreams.serve(endpoint, new FileInputStream(FileDescriptor.in), out);
    } catch (IOException e) {
      throw new NotWritten("standard output", e);
    }
    return ExitCodes.DONE;
  }
}
