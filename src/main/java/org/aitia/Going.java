package org.aitia;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aitia.knowledge.Grounds;
import org.aitia.knowledge.Question;
import org.aitia.run.Run;
import org.aitia.run.Traits;
import org.aitia.run.settings.Setting;

/** What a run gives its checks to go by, before anything is answered. */
record Going(Set<String> evidence, Set<String> traits, Set<String> settings) {
  static Going of(Run run, Set<String> evidence) {
    Set<String> settings =
        run.config().settings().keySet().stream().map(Setting::id).collect(Collectors.toSet());
    return new Going(evidence, Traits.of(run), settings);
  }

  /** The same with the answers that stand. */
  Grounds by(Map<String, String> answers) {
    return new Grounds(evidence, Question.answered(answers), traits, settings);
  }
}
