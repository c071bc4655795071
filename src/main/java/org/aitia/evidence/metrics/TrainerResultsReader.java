package org.aitia.evidence.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.aitia.evidence.document.Json;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;

/**
 * The metrics that Hugging Face's example scripts save at the end: {@code all_results.json}, {@code
 * eval_results.json} ...
 */
public final class TrainerResultsReader implements Reader {
  private static final String SUFFIX = "_results.json";

  private static final String SUMMARY = "wandb-summary.json";

  @Override
  public String format() {
    return "trainer-results";
  }

  @Override
  public String describe() {
    return "Hugging Face all_results.json, eval_results.json, test_results.json, predict_results.json; W&B wandb-summary.json";
  }

  @Override
  public boolean recognises(Head head) {
    if (!head.isText() || !head.isWhole()) {
      return false;
    }
    if (head.name().endsWith(SUMMARY)) {
      return Mappings.read(head.text()).has("_runtime");
    }
    return head.name().endsWith(SUFFIX)
        && Mappings.read(head.text()).properties().stream()
            .anyMatch(f -> f.getKey().endsWith("_loss") && Json.has(f.getValue()));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    JsonNode results = Mappings.parse(ConfigReader.text(input));
    run.fallback(input.name()); // the log says the same, and when
    Points points = new Points(run, input.name(), null, input.vocabulary());
    for (Map.Entry<String, JsonNode> field : results.properties()) {
      String name = field.getKey().replaceFirst("^predict_", "test_");
      // the training loss is the mean over the whole run, or that of the last batch
      boolean training = name.startsWith("train") || name.equals("loss");
      if (!training && Json.has(field.getValue())) {
        points.add(name, 0, Double.NaN, Json.number(field.getValue()));
      }
    }
    return new FileNote(
        input.name(),
        format(),
        FileNote.State.READ,
        points.finish() + " results of the last model");
  }
}
