package org.aitia.evidence.keras;

import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.Filter;
import io.jhdf.filter.FilterManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * How packed data sets of HDF5 are unpacked, in place of the library's own ways: those allocate
 * what the data claim, or whatever they unpack to.
 */
final class Hdf5Filters {
  /** Largest chunk that is unpacked, in bytes. */
  static final int MAX_CHUNK = 64 << 20;

  private static final Map<Integer, String> OTHERS =
      Map.of(32000, "LZF", 32004, "LZ4", 32008, "bitshuffle");

  private Hdf5Filters() {}

  static {
    FilterManager.addFilter(new Deflate());
    OTHERS.forEach((id, name) -> FilterManager.addFilter(new Refused(id, name)));
  }

  /** Makes sure that they are in place: they are from the moment that this class is used. */
  static void install() {
    // the static part has done it
  }

  private static final class Deflate implements Filter {
    @Override
    public int getId() {
      return 1;
    }

    @Override
    public String getName() {
      return "deflate";
    }

    @Override
    public byte[] decode(byte[] packed, int[] settings) {
      try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
        byte[] bytes = in.readNBytes(MAX_CHUNK + 1);
        if (bytes.length > MAX_CHUNK) {
          throw new HdfFilterException("a chunk unpacks to more than " + (MAX_CHUNK >> 20) + " MB");
        }
        return bytes;
      } catch (IOException e) {
        throw new HdfFilterException("a chunk cannot be unpacked", e);
      }
    }
  }

  /** Keras packs with none but deflate. */
  private record Refused(int id, String name) implements Filter {
    @Override
    public int getId() {
      return id;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public byte[] decode(byte[] packed, int[] settings) {
      throw new HdfFilterException("it is packed with " + name + ", which is not read");
    }
  }
}
