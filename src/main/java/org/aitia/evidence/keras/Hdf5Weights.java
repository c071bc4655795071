package org.aitia.evidence.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.evidence.tensor.TensorSum;
import org.aitia.limit.Budget;
import org.aitia.run.model.SavedTensor;

/** The weights in an HDF5 file of Keras, by layer, each in one pass. */
final class Hdf5Weights {
  static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final int MAX_DEPTH = 24;

  /** Packed data sets are read whole, so only small ones are. */
  private static final long MAX_PACKED = Hdf5Filters.MAX_CHUNK;

  private final Path path;
  private final Map<String, List<SavedTensor>> byLayer = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private double iterations = Double.NaN;
  private int seen;

  private Hdf5Weights(Path path) {
    this.path = path;
  }

  /**
   * Reads what can be read.
   *
   * @throws IOException when the file cannot be opened as HDF5
   */
  static Hdf5Weights read(Path path) throws IOException {
    Hdf5Weights weights = new Hdf5Weights(path);
    try (Hdf5File open = Hdf5File.open(path)) {
      weights.attribute(open.file(), "model_config");
      weights.attribute(open.file(), "training_config");
      weights.walk(open.file(), null, false, open.channel(), 0);
    } catch (IOException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
      // the library meets damage with whatever comes of it: what it allocates or follows is what
      // the file claims; a mapped file that another program cuts is an internal error
      throw new IOException("cannot be read as HDF5: it is damaged or cut (" + brief(e) + ")", e);
    }
    return weights;
  }

  private static String brief(Throwable e) {
    return e.getMessage() == null || e instanceof Error
        ? e.getClass().getSimpleName()
        : Mappings.first(e.getMessage());
  }

  /** Weights by name of the layer, in the order of the file. */
  Map<String, List<SavedTensor>> byLayer() {
    return byLayer;
  }

  List<SavedTensor> all() {
    return byLayer.values().stream().flatMap(List::stream).toList();
  }

  /** Steps of the optimizer so far; NaN when the file does not hold its state. */
  double iterations() {
    return iterations;
  }

  /** A text that stands at the file's root, or null. */
  String attribute(String name) {
    return attributes.get(name);
  }

  /** What could not be read, in words. */
  List<String> faults() {
    return faults;
  }

  private void attribute(HdfFile file, String name) {
    try {
      String found = text(file.getAttribute(name));
      if (found != null) {
        attributes.put(name, found);
      }
    } catch (RuntimeException e) {
      faults.add("its attribute " + name + " cannot be read (" + brief(e) + ")");
    }
  }

  /** A text; null when there is none, or a list of them: each could repeat the longest. */
  private static String text(Attribute found) {
    boolean one =
        found != null && found.getSize() == 1 && found.getSizeInBytes() <= Mappings.MAX_SIZE;
    return one ? String.valueOf(found.getData()) : null;
  }

  /**
   * @param owner name of the layer that all below belongs to; null above the layers
   * @param listed whether the group is one of those that a model lists its layers in
   */
  private void walk(Group group, String owner, boolean listed, FileChannel channel, int depth) {
    List<Node> children;
    String name = owner;
    try {
      children = new ArrayList<>(group.getChildren().values());
      String its = name(group);
      if (its != null && depth > 0 && (owner == null || listed)) {
        name = owner == null ? its : owner + "/" + its;
      }
    } catch (RuntimeException e) {
      faults.add(group.getPath() + " cannot be read (" + brief(e) + ")");
      return;
    }
    boolean lists = group.getName().equals("layers");
    children.sort(Hdf5Weights::inOrder);
    for (Node child : children) {
      Budget.step();
      if (seen++ > TensorSum.MAX_TENSORS || depth >= MAX_DEPTH) {
        return;
      }
      try {
        if (child instanceof Group below) {
          walk(below, name, lists, channel, depth + 1);
        } else if (child instanceof Dataset data) {
          take(data, name, channel);
        }
      } catch (IOException | RuntimeException e) {
        faults.add(child.getPath() + " cannot be read (" + brief(e) + ")");
      }
    }
  }

  /** Groups are named after classes; the name of the layer itself stands at its variables. */
  private static String name(Group group) {
    Node variables = group.getChildren().get("vars");
    Attribute name = variables == null ? null : variables.getAttribute("name");
    return text(name);
  }

  /** Numbered variables in order of the numbers. */
  private static int inOrder(Node a, Node b) {
    boolean numbers = a.getName().matches("\\d{1,6}") && b.getName().matches("\\d{1,6}");
    return numbers
        ? Integer.compare(Integer.parseInt(a.getName()), Integer.parseInt(b.getName()))
        : 0;
  }

  private void take(Dataset data, String layer, FileChannel channel) throws IOException {
    String path = data.getPath();
    if (path.startsWith("/optimizer")) {
      boolean counter =
          path.equals("/optimizer/vars/0") || path.matches("/optimizer_weights/.*iterations?(:0)?");
      boolean one = counter && data.getSize() == 1 && data.getSizeInBytes() <= 8;
      if (one && isSmall(data, 8) && data.getData() instanceof Number n) {
        iterations = n.doubleValue();
      }
      return;
    }
    ElementType type = type(data.getDataType());
    if (type == null) {
      return; // counters and seeds
    }
    String[] parts = path.split("/");
    boolean old = parts.length > 3 && parts[1].equals("model_weights");
    String name = old ? parts[2] : layer == null ? parts[1] : layer;
    String last = parts[parts.length - 1].replaceFirst(":0$", "");
    boolean within = !old && parts.length > 3 && parts[parts.length - 2].equals("vars");
    String part =
        within && !parts[parts.length - 4].equals("layers") ? parts[parts.length - 3] : "";
    List<Long> shape = Arrays.stream(data.getDimensionsAsLong()).boxed().toList();
    SavedTensor tensor =
        TensorSum.read(
            name + "/" + (part.isEmpty() ? "" : part + "/") + last,
            type,
            shape,
            open(data, type, shape, channel),
            order(data.getDataType()));
    byLayer.computeIfAbsent(name, n -> new ArrayList<>()).add(tensor);
  }

  /** The elements of a data set; not to be closed. */
  private InputStream open(Dataset data, ElementType type, List<Long> shape, FileChannel channel)
      throws IOException {
    long bytes = Math.multiplyExact(TensorSum.elements(shape), (long) type.size());
    if (data instanceof ContiguousDataset plain && data.getStorageInBytes() > 0) {
      long at = plain.getDataAddress();
      if (at < 0 || bytes > Files.size(path) - at) {
        throw new IOException("it claims bytes beyond the end of the file");
      }
      return Channels.newInputStream(channel.position(at));
    }
    if (bytes > MAX_PACKED
        || data.getStorageInBytes() > Files.size(path)
        || !isSmall(data, type.size())) {
      throw new IOException("it is packed and too large to be unpacked");
    }
    return new ByteArrayInputStream(flat(data.getDataFlat(), order(data.getDataType())));
  }

  /** Whether the chunks that it comes in are small enough to be unpacked. */
  private static boolean isSmall(Dataset data, int size) {
    if (!(data instanceof ChunkedDataset chunked)) {
      return true;
    }
    double bytes = size;
    for (int length : chunked.getChunkDimensions()) {
      bytes *= length;
    }
    return bytes >= 0 && bytes <= MAX_PACKED;
  }

  private static byte[] flat(Object values, ByteOrder order) throws IOException {
    if (values instanceof float[] floats) {
      ByteBuffer bytes = ByteBuffer.allocate(floats.length * 4).order(order);
      bytes.asFloatBuffer().put(floats);
      return bytes.array();
    }
    if (values instanceof double[] doubles) {
      ByteBuffer bytes = ByteBuffer.allocate(doubles.length * 8).order(order);
      bytes.asDoubleBuffer().put(doubles);
      return bytes.array();
    }
    throw new IOException("its elements are of a kind that is not read");
  }

  private static ElementType type(DataType type) {
    if (!(type instanceof FloatingPoint)) {
      return null;
    }
    return switch (type.getSize()) {
      case 8 -> ElementType.FLOAT64;
      case 4 -> ElementType.FLOAT32;
      case 2 -> ElementType.FLOAT16;
      default -> null;
    };
  }

  private static ByteOrder order(DataType type) {
    return ((FloatingPoint) type).getByteOrder();
  }
}
