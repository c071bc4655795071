package org.aitia.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aitia.Diagnoser;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.knowledge.Language;
import org.aitia.run.Companions;
import org.aitia.run.Run;
import org.aitia.run.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedTest {
  @TempDir Path folder;

  @Test
  void aScriptIsFollowedOnceHoweverOftenItsRunIsJudged() throws IOException {
    Run run = run("one");
    Run before = run("two");
    Followed first = Followed.of(run);
    Followed earlier = Followed.of(before);
    Diagnoser.Examination examined =
        Diagnoser.builtIn().examine(run, new Companions(before, before));
    examined.diagnose(Language.EN);
    examined.conclude(Map.of("learning-rate", "0.5"));
    assertThat(Followed.of(examined.run())).isSameAs(first);
    assertThat(examined.run().config().has(Setting.LEARNING_RATE)).isTrue();
    assertThat(Followed.of(examined.companions().reference())).isSameAs(earlier);
    assertThat(Followed.of(examined.companions().previous())).isSameAs(earlier);
    assertThat(Followed.of(run("one"))).isNotSameAs(first);
  }

  private Run run(String name) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        run.resolve("train.py"),
        """
        import torch
        model = torch.nn.Linear(4, 2)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for x, y in loader:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
        """);
    return RunFolder.read(name, run, Progress.NONE, List.of(), Vocabulary.base());
  }
}
