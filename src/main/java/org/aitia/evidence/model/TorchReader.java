package org.aitia.evidence.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.document.Pickled;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Unzipped;
import org.aitia.evidence.file.Zips;
import org.aitia.evidence.keras.KerasReader;
import org.aitia.evidence.tensor.Checkpoints;
import org.aitia.evidence.tensor.ElementType;
import org.aitia.evidence.tensor.TensorSum;
import org.aitia.limit.Budget;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.model.SavedTensor;
import org.aitia.run.value.Source;

/** Checkpoints of PyTorch and Lightning. Their pickle is read as data and never executed. */
public final class TorchReader implements Reader {
  private static final String PICKLE = "data.pkl";

  /** How files begin that PyTorch wrote before 1.6: a pickled magic number. */
  private static final byte[] OLD = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a
  };

  @Override
  public String format() {
    return "pytorch";
  }

  @Override
  public String describe() {
    return "PyTorch and Lightning checkpoint (.pt, .pth, .ckpt, .bin): weights, optimizer, hyperparameters; its pickle is never executed";
  }

  @Override
  public boolean recognises(Head head) {
    return isOld(head.bytes())
        || Zips.begins(head.bytes())
            && Zips.names(head).stream().anyMatch(n -> n.endsWith("/" + PICKLE));
  }

  private static boolean isOld(byte[] bytes) {
    return bytes.length > OLD.length && Arrays.equals(bytes, 0, OLD.length, OLD, 0, OLD.length);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    if (isOld(input.head().bytes())) {
      throw new IOException(
          "was written by PyTorch before 1.6, or with _use_new_zipfile_serialization=False: load"
              + " and save it again with torch.save to have it read");
    }
    if (Checkpoints.isBetween(input.path())) {
      return Checkpoints.between(input, format());
    }
    try (ZipFile zip = input.zip()) {
      String pickle =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(n -> n.endsWith("/" + PICKLE))
              .findFirst()
              .orElseThrow(() -> new IOException("holds no " + PICKLE));
      TorchCheckpoint checkpoint =
          new TorchCheckpoint(load(zip, pickle, input), input.vocabulary().words());
      checkpoint.settings(input.name(), run, input.vocabulary());
      if (checkpoint.isArguments()) {
        return new FileNote(
            input.name(), format(), FileNote.State.READ, "the arguments of the Trainer");
      }
      String folder = pickle.substring(0, pickle.length() - PICKLE.length());
      return new Storages(zip, folder, input).read(checkpoint, format(), run);
    } catch (ZipException e) {
      throw new IOException("is a damaged archive: " + Mappings.first(e.getMessage()), e);
    }
  }

  private static Object load(ZipFile zip, String pickle, Input input) throws IOException {
    try (InputStream in = Unzipped.open(zip, zip.getEntry(pickle), input.path())) {
      byte[] bytes =
          in.readNBytes(
              Pickled.MAX_SIZE + 1); // to the end, where the checksum is held against them
      if (bytes.length > Pickled.MAX_SIZE) {
        throw new IOException(
            "holds a pickle of more than " + (Pickled.MAX_SIZE >> 20) + " MB: it was not read");
      }
      return Pickled.read(bytes);
    }
  }

  /** The storages of one archive, each an entry of its own. */
  private static final class Storages {
    private final ZipFile zip;
    private final String folder;
    private final Input input;
    private final ByteOrder order;
    private final List<String> faults = new ArrayList<>();

    /** By storage, what is wrong with it; empty where it was read to its end and is whole. */
    private final Map<String, Optional<String>> verified = new HashMap<>();

    Storages(ZipFile zip, String folder, Input input) throws IOException {
      this.zip = zip;
      this.folder = folder;
      this.input = input;
      this.order = order();
    }

    private ByteOrder order() throws IOException {
      ZipEntry entry = zip.getEntry(folder + "byteorder");
      if (entry == null) {
        return ByteOrder.LITTLE_ENDIAN;
      }
      try (InputStream in = Unzipped.open(zip, entry, input.path())) {
        boolean big = new String(in.readNBytes(8), StandardCharsets.US_ASCII).strip().equals("big");
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      }
    }

    FileNote read(TorchCheckpoint checkpoint, String format, RunBuilder run) throws IOException {
      List<SavedTensor> tensors = new ArrayList<>();
      Map<String, String> aliases = new HashMap<>();
      Map<String, Boolean> trainable = new LinkedHashMap<>();
      Map<Object, String> owners = new HashMap<>();
      checkpoint
          .tensors()
          .forEach(
              (name, tensor) -> {
                trainable.put(name, tensor.trainable());
                List<Object> place = List.of(tensor.storage(), tensor.offset(), tensor.shape());
                String owner = owners.putIfAbsent(place, name);
                if (owner != null) {
                  aliases.put(name, owner);
                }
                Budget.step();
                try {
                  SavedTensor read = tensor(name, tensor);
                  if (read != null) {
                    tensors.add(read);
                  }
                } catch (IOException e) {
                  faults.add(name + " cannot be read: " + Mappings.first(e.getMessage()));
                }
              });
      if (tensors.isEmpty() && !faults.isEmpty()) {
        throw new IOException("holds no weight that can be read: " + faults.get(0));
      }
      Source from = new Source(input.name(), null);
      if (!tensors.isEmpty()) {
        StateDict.take(tensors, aliases, checkpoint.kinds(), trainable, from, run);
      }
      Checkpoints.take(input, checkpoint.step(), tensors, run);
      return KerasReader.note(input, format, 0, tensors.size(), faults);
    }

    private SavedTensor tensor(String name, Pickled.Tensor tensor) throws IOException {
      ElementType type = ElementType.ofTorch(tensor.type());
      boolean whole = TensorSum.elements(tensor.shape()) == tensor.stored();
      ZipEntry entry = zip.getEntry(folder + "data/" + tensor.storage());
      if (type == null || !tensor.isPlain() && !whole) {
        return null; // a view of a part, or of a type without numbers
      }
      if (entry == null) {
        throw new IOException("its storage is missing");
      }
      fits(tensor, type, entry);
      try (Unzipped in = Unzipped.open(zip, entry, input.path())) {
        in.skipNBytes(tensor.offset() * type.size());
        SavedTensor read = TensorSum.read(name, type, tensor.shape(), in, order);
        whole(tensor.storage(), in);
        return read;
      }
    }

    /** What the pickle says of a storage has to be what is there. */
    private static void fits(Pickled.Tensor tensor, ElementType type, ZipEntry entry)
        throws IOException {
      long held = entry.getSize() / type.size();
      long elements = TensorSum.elements(tensor.shape());
      if (tensor.stored() != held || entry.getSize() % type.size() != 0) {
        throw new IOException(
            "the file is damaged: its storage claims "
                + tensor.stored()
                + " values of "
                + type.id()
                + " and has "
                + entry.getSize()
                + " bytes");
      }
      if (tensor.offset() < 0 || tensor.offset() > held || elements > held - tensor.offset()) {
        throw new IOException(
            "the file is damaged: it claims "
                + elements
                + " values from the "
                + tensor.offset()
                + "th on of "
                + held);
      }
    }

    /**
     * Many weights may share a storage, whose checksum tells once whether all of them are right.
     */
    private void whole(String storage, Unzipped in) throws IOException {
      Optional<String> known = verified.get(storage);
      if (known == null) {
        try {
          in.toEnd();
          known = Optional.empty();
        } catch (IOException e) {
          known = Optional.of(e.getMessage());
        }
        verified.put(storage, known);
      }
      if (known.isPresent()) {
        throw new IOException(known.get());
      }
    }
  }
}
