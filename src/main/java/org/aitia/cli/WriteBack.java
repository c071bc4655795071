package org.aitia.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aitia.cli.input.RunOptions;
import org.aitia.cli.output.ExitCodes;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.report.document.MarkdownReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is found of a run of a tracking server is noted there. */
final class WriteBack {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--write-back",
      description =
          "note verdict and causes as tags of each run on its MLflow server, and the report as its"
              + " artifact aitia/report.md")
  private boolean wanted;

  /** Runs that lie here have nobody to be told. */
  void check(List<RunOptions.Place> places) {
    for (RunOptions.Place place : places) {
      if (wanted && place.kept() == null) {
        throw new ParameterException(
            spec.commandLine(),
            "--write-back is for runs that an MLflow server keeps; "
                + place.source()
                + " lies on this machine: use --output");
      }
    }
  }

  /**
   * Notes a diagnosis, if that is wanted.
   *
   * @param said gets why it could not be noted
   * @return the exit code
   */
  int note(Diagnosis diagnosis, RunOptions.Place place, Knowledge knowledge, List<String> said) {
    if (!wanted) {
      return ExitCodes.DONE;
    }
    try {
      place.kept().note(tags(diagnosis), new MarkdownReport(knowledge, null).render(diagnosis));
      return ExitCodes.DONE;
    } catch (IOException e) {
      said.add(place.source() + ": " + e.getMessage());
      return ExitCodes.NOT_WRITTEN;
    }
  }

  private static Map<String, String> tags(Diagnosis diagnosis) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("aitia.verdict", diagnosis.verdict().id());
    tags.put("aitia.summary", diagnosis.summary());
    // a later diagnosis that names no cause takes the earlier one's away
    boolean none = diagnosis.causes().isEmpty();
    tags.put("aitia.cause", none ? "" : diagnosis.causes().get(0).id());
    tags.put(
        "aitia.probability",
        none ? "" : String.format(Locale.ROOT, "%.2f", diagnosis.causes().get(0).probability()));
    return tags;
  }
}
