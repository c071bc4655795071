package org.aitia.evidence.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Unzipped;
import org.aitia.evidence.table.Pairs;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.SavedArray;
import org.aitia.run.value.Moments;
import org.aitia.run.value.Source;

/** Keeps of saved arrays what a comparison with another run's takes, in one pass. */
final class SavedArrays {
  /** Values kept of an array; a longer one is compared at so many places. */
  static final int MAX_VALUES = 1 << 14;

  private static final int MAX_ENTRIES = 200;
  private static final long PRIME = 0x100000001b3L;

  private SavedArrays() {}

  /**
   * Keeps the arrays of a file.
   *
   * @return how many
   * @throws EOFException when an array is cut
   * @throws IOException when none is of a type that is read, or a file expands beyond measure
   */
  static int keep(Input input, RunBuilder run) throws IOException {
    String name = input.name().replaceFirst("\\.np[yz]$", "");
    if (!input.name().toLowerCase(java.util.Locale.ROOT).endsWith(".npz")) {
      try (InputStream in = input.open()) {
        run.array(sketch(in, name, new Source(input.name(), null)));
      }
      return 1;
    }
    int kept = 0;
    IOException refused = null;
    try (ZipFile zip = input.zip()) {
      for (ZipEntry entry : zip.stream().limit(MAX_ENTRIES).toList()) {
        String inside = entry.getName().replaceFirst("\\.npy$", "");
        try (InputStream in = Unzipped.open(zip, entry, input.path())) {
          run.array(sketch(in, name + "/" + inside, new Source(input.name(), inside)));
          kept++;
        } catch (IOException e) {
          refused = e; // the others may be fine
        }
      }
    } catch (java.util.zip.ZipException e) {
      throw new IOException("is a damaged archive: " + Mappings.first(e.getMessage()), e);
    }
    if (kept == 0 && refused != null) {
      throw refused;
    }
    return kept;
  }

  private static SavedArray sketch(InputStream in, String name, Source source) throws IOException {
    NpyHeader head = NpyHeader.read(in);
    long count = head.rows() * head.width();
    long stride = Math.max(1, (count + MAX_VALUES - 1) / MAX_VALUES);
    double[] values = new double[(int) ((count + stride - 1) / stride)];
    NpyNumbers numbers = new NpyNumbers(in, head);
    Tally tally = new Tally();
    long i = 0;
    for (; i < count && numbers.next(); i++) {
      tally.add(numbers.value());
      if (i % stride == 0) {
        values[(int) (i / stride)] = numbers.value();
      }
    }
    if (i < count) {
      throw new EOFException("is cut: " + i + " of " + count + " values are there");
    }
    List<Long> shape = new ArrayList<>();
    Arrays.stream(head.shape()).forEach(shape::add);
    return new SavedArray(
        name,
        Pairs.role(name),
        shape,
        count,
        values,
        tally.moments(),
        tally.nonFinite,
        tally.digest + (head.fortran() ? 1 : 0),
        source);
  }

  /** Moments and digest of values as they pass (Welford 1962). */
  private static final class Tally {
    private long finite;
    private double mean;
    private double squares;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private long nonFinite;
    private long digest = 0xcbf29ce484222325L;

    void add(double value) {
      digest = (digest ^ Double.doubleToLongBits(value)) * PRIME;
      if (!Double.isFinite(value)) {
        nonFinite++;
        return;
      }
      finite++;
      double delta = value - mean;
      mean += delta / finite;
      squares += delta * (value - mean);
      min = finite == 1 ? value : Math.min(min, value);
      max = finite == 1 ? value : Math.max(max, value);
    }

    Moments moments() {
      return finite == 0
          ? new Moments(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
          : new Moments(mean, Math.sqrt(squares / finite), min, max);
    }
  }
}
