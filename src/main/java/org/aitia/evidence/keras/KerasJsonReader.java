package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.settings.ConfigReader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;

/** What {@code model.to_json()} returns, in a file. */
public final class KerasJsonReader implements Reader {
  @Override
  public String format() {
    return "keras-json";
  }

  @Override
  public String describe() {
    return "Keras model as JSON (model.to_json()): layers, wiring, what it was compiled with";
  }

  @Override
  public boolean recognises(Head head) {
    String text = head.isText() ? head.text().stripLeading() : "";
    return text.startsWith("{")
        && text.matches("(?s).{0,2000}\"class_name\"\\s*:\\s*\"\\w+\".*\"config\"\\s*:.*")
        && text.contains("\"layers\"");
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    JsonNode root = Mappings.parse(ConfigReader.text(input));
    if (!KerasModel.is(root)) {
      throw new IOException("describes no model of Keras: its layers are missing");
    }
    Source from = new Source(input.name(), null);
    int layers = KerasModel.layers(root, from, Map.of(), run);
    KerasModel.compiled(root.path("compile_config"), input.name(), true, run, input.vocabulary());
    return KerasReader.note(input, format(), layers, 0, List.of());
  }
}
