package org.aitia.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.Progress;
import org.aitia.evidence.RunFolder;
import org.aitia.knowledge.Language;
import org.aitia.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aitia diagnose}. */
@Command(
    name = "diagnose",
    description = "Diagnoses training runs.",
    mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "a run: a file, or a folder whose files are read together")
  private List<String> paths;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text, markdown, json, jsonl (default: text)")
  private String format;

  @Option(names = "--lang", description = "en or zh")
  private String lang;

  @Override
  public Integer call() throws IOException {
    Diagnoser diagnoser = Diagnoser.builtIn();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    ObjectMapper json = new ObjectMapper();
    for (String path : paths) {
      Run run = RunFolder.read(path, Path.of(path), Progress.NONE, List.of());
      Diagnosis diagnosis = diagnoser.diagnose(run, Language.of(lang));
      out.println(json.writeValueAsString(diagnosis));
    }
    return 0;
  }
}
