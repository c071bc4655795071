package org.aitia.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.run.Companions;
import org.aitia.run.FileNote;
import org.aitia.run.Run;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The runs that a run is held against. */
public final class CompanionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--reference",
      paramLabel = "PATH",
      description = "a run known to be good: every difference from it is a suspect")
  private Path reference;

  @Option(
      names = "--previous",
      paramLabel = "PATH",
      description = "the run before the last repair: what is fixed, what remains, what is new")
  private Path previous;

  boolean hasPrevious() {
    return previous != null;
  }

  /**
   * Reads them.
   *
   * @throws ParameterException when one is not there or holds nothing that can be read
   */
  public Companions read(Vocabulary vocabulary) throws IOException {
    return new Companions(
        read("--reference", reference, vocabulary), read("--previous", previous, vocabulary));
  }

  private Run read(String option, Path path, Vocabulary vocabulary) throws IOException {
    if (path == null) {
      return null;
    }
    if (!Files.isReadable(path)) {
      throw wrong(option, path, "no such file or folder, or it may not be read");
    }
    Run run = RunFolder.read(path.toString(), path, Progress.NONE, List.of(), vocabulary);
    if (!RunFolder.holdsRun(run)) {
      List<FileNote> files = run.files();
      String found =
          files.isEmpty() ? "" : " (" + files.get(0).file() + ": " + files.get(0).message() + ")";
      throw wrong(option, path, "nothing here is a training log that can be read" + found);
    }
    return run;
  }

  private ParameterException wrong(String option, Path path, String what) {
    return new ParameterException(spec.commandLine(), option + " " + path + ": " + what);
  }
}
