package org.aitia.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.aitia.Diagnoser;
import org.aitia.cli.output.Artifacts;
import org.aitia.cli.output.Format;
import org.aitia.diagnosis.Diagnosis;
import org.aitia.knowledge.Knowledge;
import org.aitia.limit.Failure;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Renderer;
import org.aitia.report.Words;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.aitia.report.pipeline.Baseline;
import org.aitia.report.pipeline.GithubCommands;
import org.aitia.report.pipeline.JunitSuite;
import org.aitia.report.pipeline.PipelineReport;
import org.aitia.report.pipeline.RunTold;
import org.aitia.report.pipeline.SarifLog;
import org.aitia.report.pipeline.Teller;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/** How results are told: run by run or as one document about all of them, and what is new. */
final class Results {
  /** What is read for news; the others hold the whole state of a run. */
  private static final Set<Format> NEWS = EnumSet.of(Format.text, Format.markdown);

  private final Format format;
  private final Diagnoser diagnoser;
  private final Knowledge knowledge;
  private final Words words;
  private final Supplier<Renderer> text;
  private final Teller teller;
  private final Baseline baseline;
  private final PipelineReport document;

  /**
   * The results of one call.
   *
   * @param text how a run is told on a terminal
   * @param earlier what was told before; null for nothing
   * @param runs how many are asked for
   * @throws IOException when what was told before cannot be read, naming it
   */
  Results(
      Format format,
      Diagnoser diagnoser,
      Words words,
      Supplier<Renderer> text,
      Path earlier,
      int runs)
      throws IOException {
    this.format = format;
    this.diagnoser = diagnoser;
    this.knowledge = diagnoser.knowledge();
    this.words = words;
    this.text = text;
    this.teller = new Teller(knowledge);
    this.baseline = earlier == null ? null : Baseline.of(teller, earlier, runs);
    this.document =
        switch (format) {
          case sarif -> new SarifLog(knowledge, words);
          case github -> new GithubCommands();
          case junit -> new JunitSuite();
          case text, markdown, json, jsonl, html -> null;
        };
  }

  /** One document about all runs; null where each is told by itself. */
  PipelineReport document() {
    return document;
  }

  /** How a run is told by itself. */
  Renderer renderer(String pictures) {
    return switch (format) {
      case json -> DiagnosisJson.indented();
      case jsonl -> DiagnosisJson.lines();
      case html -> new HtmlReport(knowledge);
      case markdown -> new MarkdownReport(knowledge, pictures);
      case text -> text.get();
      case sarif, github, junit -> diagnosis -> "";
    };
  }

  /** What a pipeline is told of a run, of a baseline what is new; null where nobody asks for it. */
  RunTold told(Diagnosis diagnosis, Path path) {
    if (document == null && baseline == null) {
      return null;
    }
    RunTold all = teller.tell(diagnosis, Artifacts.of(path));
    return baseline == null ? all : baseline.since(all);
  }

  /** The line in place of a run of which nothing is new; null where the run is told. */
  String instead(RunTold told) {
    return told != null && NEWS.contains(format) && told.told().isEmpty() && told.known() > 0
        ? words.say("baseline-nothing", told.source(), told.known()) + "\n"
        : null;
  }

  /** Whether a run counts: with a baseline only when something of it is new. */
  boolean counts(RunTold told) {
    return baseline == null || told != null && !told.told().isEmpty();
  }

  /** What became of the baseline in one line; null without one. */
  String since() {
    return baseline == null
        ? null
        : words.say("baseline", baseline.fresh(), baseline.known(), baseline.gone());
  }

  /** What is told of a path at which nothing could be read; null where nobody asks for it. */
  RunTold unread(Diagnosis nothing, Path path, List<String> said) {
    return document == null ? null : teller.unread(nothing, Artifacts.of(path), said);
  }

  /** The diagnosis of a path at which nothing could be read. */
  Diagnosis nothing(String source, String why, Failure failure) {
    RunBuilder run = new RunBuilder(source);
    run.file(new FileNote(source, null, FileNote.State.FAILED, why));
    if (failure != null) {
      run.failed(failure);
    }
    return diagnoser.diagnose(run.build(), words.language());
  }

  /** Whether a path at which nothing could be read is told as well: machines count on it. */
  boolean tellsUnread() {
    return document != null || format == Format.json || format == Format.jsonl;
  }
}
