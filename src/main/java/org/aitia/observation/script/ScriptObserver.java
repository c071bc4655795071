package org.aitia.observation.script;

import java.util.List;
import org.aitia.observation.Measure;
import org.aitia.observation.Notebook;
import org.aitia.observation.Observer;
import org.aitia.observation.Place;
import org.aitia.run.Run;
import org.aitia.run.Source;

/** What the scripts of a run do: every finding with its file, its line, and the line quoted. */
public final class ScriptObserver implements Observer {
  @Override
  public String subject() {
    return "script";
  }

  @Override
  public List<Measure> measures() {
    return ScriptMeasures.ALL;
  }

  @Override
  public void observe(Run run, Notebook notes) {
    for (Finding finding : ScriptChecks.find(run.scripts())) {
      notes.note(
          ScriptMeasures.of(finding.what()),
          finding.value(),
          finding.script().quote(finding.line()),
          Place.RUN,
          new Source(finding.script().file(), String.valueOf(finding.line())));
    }
  }
}
