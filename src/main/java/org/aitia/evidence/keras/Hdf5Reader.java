package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.tensor.Checkpoints;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.value.Source;

/** HDF5 files of Keras: whole models of the older form, and weights alone. */
public final class Hdf5Reader implements Reader {
  @Override
  public String format() {
    return "keras-hdf5";
  }

  @Override
  public String describe() {
    return "Keras HDF5 file: a whole model (.h5) or its weights (.weights.h5)";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] magic = Hdf5Weights.MAGIC;
    byte[] bytes = head.bytes();
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    if (Checkpoints.isBetween(input.path())) {
      return Checkpoints.between(input, format());
    }
    Hdf5Weights weights = Hdf5Weights.read(input.seekable());
    List<String> faults = new ArrayList<>(weights.faults());
    int layers = 0;
    JsonNode model = attribute(weights, "model_config", faults);
    if (model != null && KerasModel.is(model)) {
      Source from = new Source(input.name(), "model_config");
      layers = KerasModel.layers(model, from, weights.byLayer(), run);
    }
    JsonNode training = attribute(weights, "training_config", faults);
    if (training != null) {
      KerasModel.compiled(training, input.name(), true, run, input.vocabulary());
    }
    Checkpoints.take(input, weights.iterations(), weights.all(), run);
    if (layers == 0 && weights.all().isEmpty()) {
      return new FileNote(
          input.name(),
          format(),
          faults.isEmpty() ? FileNote.State.SKIPPED : FileNote.State.FAILED,
          "holds no model of Keras"
              + (faults.isEmpty() ? "" : " that can be read: " + String.join("; ", faults)));
    }
    return KerasReader.note(input, format(), layers, weights.all().size(), faults);
  }

  private static JsonNode attribute(Hdf5Weights weights, String name, List<String> faults) {
    String text = weights.attribute(name);
    if (text == null) {
      return null;
    }
    try {
      return Mappings.parse(text);
    } catch (IOException e) {
      faults.add("its attribute " + name + " " + e.getMessage());
      return null;
    }
  }
}
