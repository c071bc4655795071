package org.aitia.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.observation.measure.Measure;
import org.aitia.observation.measure.Notebook;
import org.aitia.observation.measure.Observer;
import org.aitia.observation.measure.Place;
import org.aitia.run.Run;
import org.aitia.run.settings.Config;
import org.aitia.run.settings.Setting;
import org.aitia.run.value.Source;
import org.aitia.script.trace.Finding;

/** What the scripts of a run do: every finding with its file, its line, and the line quoted. */
public final class ScriptObserver implements Observer {
  /** What a finding about a hyperparameter is about. */
  private static final Map<String, Setting> SETTINGS =
      Map.of(
          "script-adaptive-rate", Setting.LEARNING_RATE,
          "script-finetuning-rate", Setting.LEARNING_RATE,
          "script-sgd-rate", Setting.LEARNING_RATE,
          "script-dropout-rate", Setting.DROPOUT,
          "script-not-seeded", Setting.SEED);

  @Override
  public String subject() {
    return "script";
  }

  @Override
  public List<Measure> measures() {
    return ScriptMeasures.ALL;
  }

  /** What a run recorded of itself counts more than what its script would set. */
  private static boolean recorded(Finding finding, Config config) {
    Source source =
        Optional.ofNullable(SETTINGS.get(finding.what())).map(config::source).orElse(null);
    boolean agreed =
        finding.what().endsWith("-rate")
            && config.value(SETTINGS.get(finding.what())) == finding.value();
    return source != null && !source.file().equals(finding.script().file()) && !agreed;
  }

  @Override
  public void observe(Run run, Notebook notes) {
    Followed followed = Followed.of(run);
    notes.failed(followed.failures());
    for (Finding finding : followed.findings()) {
      if (recorded(finding, run.config())) {
        continue;
      }
      notes.note(
          ScriptMeasures.of(finding.what()),
          finding.value(),
          finding.script().quote(finding.line()),
          Place.RUN,
          new Source(finding.script().file(), String.valueOf(finding.line())),
          finding.confidence());
    }
  }
}
