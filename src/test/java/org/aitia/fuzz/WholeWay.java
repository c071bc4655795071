package org.aitia.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.aitia.Diagnoser;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Renderer;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.terminal.TextReport;
import org.aitia.run.Run;

/** Files of a run, their diagnosis in every language, and the reports of it. */
final class WholeWay implements FuzzTarget.Target {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Diagnoser diagnoser = Diagnoser.builtIn();
  private final List<Renderer> renderers =
      List.of(
          new TextReport(diagnoser.knowledge(), 80, true),
          new MarkdownReport(diagnoser.knowledge(), null),
          new HtmlReport(diagnoser.knowledge()));
  private final Path folder;

  WholeWay(Path folder) {
    this.folder = folder;
  }

  @Override
  public void take(byte[] input) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    try {
      for (Part part : Part.of(input)) {
        write(run, part);
      }
      diagnose(RunFolder.read("run", run, Progress.NONE, List.of(), Vocabulary.base()));
    } finally {
      Folders.clear(run);
    }
  }

  /** Writes a file; names that lead out of the folder, or that no file can have, are left out. */
  private static void write(Path run, Part part) {
    try {
      Path file = run.resolve(part.name()).normalize();
      if (file.startsWith(run) && !file.equals(run)) {
        Files.createDirectories(file.getParent());
        Files.write(file, part.content());
      }
    } catch (IOException | InvalidPathException e) {
      // a folder where there is a file already, or a name too long
    }
  }

  private void diagnose(Run run) throws IOException {
    Diagnoser.Examination examined = diagnoser.examine(run);
    for (Language language : Language.values()) {
      Diagnosis diagnosis = examined.diagnose(language);
      if (!diagnosis.failed().isEmpty()) {
        throw new AssertionError(diagnosis.failed().toString());
      }
      JSON.readTree(DiagnosisJson.lines().render(diagnosis));
      for (Renderer renderer : renderers) {
        renderer.render(diagnosis);
      }
    }
  }
}
