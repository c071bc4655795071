package org.aitia.evidence.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Unzipped;
import org.aitia.evidence.file.Zips;
import org.aitia.evidence.tensor.Checkpoints;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/** Keras's own archive, {@code .keras}: the model as JSON, its weights as HDF5. */
public final class KerasReader implements Reader {
  private static final String MODEL = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  @Override
  public String format() {
    return "keras";
  }

  @Override
  public String describe() {
    return "Keras model archive (.keras): layers, wiring, what it was compiled with, weights";
  }

  @Override
  public boolean recognises(Head head) {
    return Zips.begins(head.bytes())
        && (Zips.names(head).contains(MODEL) || Zips.names(head).contains(WEIGHTS))
        && !Zips.names(head).stream().anyMatch(n -> n.endsWith("data.pkl"));
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    if (Checkpoints.isBetween(input.path())) {
      return Checkpoints.between(input, format());
    }
    List<String> faults = new ArrayList<>();
    int layers;
    int tensors;
    try (ZipFile zip = input.zip()) {
      Hdf5Weights weights = weights(zip, input, faults);
      JsonNode root = model(zip, input, faults);
      Map<String, List<SavedTensor>> found = weights == null ? Map.of() : weights.byLayer();
      layers =
          root != null && KerasModel.is(root)
              ? KerasModel.layers(root, new Source(input.name(), MODEL), found, run)
              : 0;
      if (root != null) {
        KerasModel.compiled(
            root.path("compile_config"), input.name(), true, run, input.vocabulary());
      }
      tensors = weights == null ? 0 : weights.all().size();
      if (weights != null) {
        Checkpoints.take(input, weights.iterations(), weights.all(), run);
      }
    } catch (ZipException e) {
      throw new IOException("is a damaged archive: " + Mappings.first(e.getMessage()), e);
    }
    if (layers == 0 && tensors == 0) {
      throw new IOException("holds no model that can be read: " + String.join("; ", faults));
    }
    return note(input, format(), layers, tensors, faults);
  }

  public static FileNote note(
      Input input, String format, int layers, int tensors, List<String> faults) {
    String more = faults.size() > 3 ? " ... and " + (faults.size() - 3) + " more" : "";
    return new FileNote(
        input.name(),
        format,
        faults.isEmpty() ? FileNote.State.READ : FileNote.State.PARTIAL,
        (layers > 0 ? layers + " layers, " : "")
            + tensors
            + " weights"
            + (faults.isEmpty() ? "" : "; ")
            + String.join("; ", faults.subList(0, Math.min(3, faults.size())))
            + more);
  }

  private static JsonNode model(ZipFile zip, Input input, List<String> faults) {
    ZipEntry entry = zip.getEntry(MODEL);
    if (entry == null) {
      faults.add(MODEL + " is missing");
      return null;
    }
    try (InputStream in = Unzipped.open(zip, entry, input.path())) {
      byte[] bytes = in.readNBytes(Mappings.MAX_SIZE + 1);
      if (bytes.length > Mappings.MAX_SIZE) {
        throw new IOException("is larger than " + (Mappings.MAX_SIZE >> 20) + " MB");
      }
      JsonNode root = Mappings.parse(new String(bytes, StandardCharsets.UTF_8));
      if (!KerasModel.is(root)) {
        faults.add(MODEL + " lists no layers: a sub-classed model keeps them in its code");
        return root.isObject() ? root : null; // what it was compiled with still counts
      }
      return root;
    } catch (IOException | RuntimeException e) {
      faults.add(MODEL + " cannot be read: " + Mappings.first(e.getMessage()));
      return null;
    }
  }

  /** HDF5 is read from anywhere in the file, so the weights are laid down beside for the time. */
  private static Hdf5Weights weights(ZipFile zip, Input input, List<String> faults)
      throws IOException {
    ZipEntry entry = zip.getEntry(WEIGHTS);
    if (entry == null) {
      faults.add(WEIGHTS + " is missing");
      return null;
    }
    Path copy = Files.createTempFile("aitia-", ".h5");
    try (InputStream in = Unzipped.open(zip, entry, input.path())) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      Hdf5Weights weights = Hdf5Weights.read(copy);
      weights.faults().forEach(f -> faults.add(WEIGHTS + ": " + f));
      return weights;
    } catch (IOException e) {
      faults.add(WEIGHTS + " " + Mappings.first(e.getMessage()));
      return null;
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
