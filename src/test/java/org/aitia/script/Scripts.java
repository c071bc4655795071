package org.aitia.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aitia.evidence.RunFolder;
import org.aitia.evidence.file.Progress;
import org.aitia.evidence.vocabulary.Vocabulary;
import org.aitia.observation.Observing;
import org.aitia.observation.measure.Observation;
import org.aitia.run.Companions;
import org.aitia.run.Run;

/** Runs of scripts that a test writes. */
public final class Scripts {
  /** A classifier in PyTorch whose loop is as it should be. */
  public static final String CLASSIFIER =
      """
      import torch
      from torch import nn
      from torch.utils.data import DataLoader
      torch.manual_seed(7)
      model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, 3))
      loader = DataLoader(data, batch_size=64, shuffle=True)
      optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)
      for epoch in range(12):
          for x, y in loader:
              optimizer.zero_grad()
              loss = nn.functional.cross_entropy(model(x), y)
              loss.backward()
              optimizer.step()
      """;

  private Scripts() {}

  public static Run read(Path folder, String script) throws IOException {
    Files.writeString(folder.resolve("train.py"), script);
    return RunFolder.read("run", folder, Progress.NONE, List.of(), Vocabulary.base());
  }

  /** What is found in a script. */
  public static List<Observation> findings(Path folder, String script) throws IOException {
    return Observing.observe(read(folder, script), Companions.NONE).stream()
        .filter(o -> o.subject().equals("script"))
        .toList();
  }
}
