package org.aitia.evidence.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.aitia.evidence.document.Mappings;
import org.aitia.evidence.file.Head;
import org.aitia.evidence.file.Input;
import org.aitia.evidence.file.Reader;
import org.aitia.evidence.file.Unzipped;
import org.aitia.evidence.metrics.MetricLists;
import org.aitia.evidence.metrics.Points;
import org.aitia.evidence.table.Pairs;
import org.aitia.evidence.table.TableReader;
import org.aitia.run.FileNote;
import org.aitia.run.RunBuilder;
import org.aitia.run.data.SavedArray;
import org.aitia.run.data.TableBuilder;
import org.aitia.run.value.Source;
import org.aitia.run.value.Split;

/**
 * Arrays that numpy saved: raw rows of a split with their labels ({@code x_train}, {@code
 * y_train}), and courses of metrics. Pickles are never loaded.
 */
public final class ArrayReader implements Reader {
  /** Wider rows are images or signals, whose single values say little. */
  static final int MAX_COLUMNS = 256;

  private static final int MAX_ENTRIES = 10_000;

  /** Labels whose names are kept. */
  private static final int MAX_NAMES = 10_000;

  @Override
  public String format() {
    return "numpy";
  }

  @Override
  public String describe() {
    return "numpy arrays (.npy, .npz): x_train and y_train with their like, courses of metrics, arrays to compare; no pickle";
  }

  @Override
  public boolean recognises(Head head) {
    byte[] bytes = head.bytes();
    boolean array =
        bytes.length > 10
            && Arrays.equals(
                bytes, 0, NpyHeader.MAGIC.length, NpyHeader.MAGIC, 0, NpyHeader.MAGIC.length);
    boolean zip = bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K';
    return array || head.name().endsWith(".npz") && zip;
  }

  /** Whether a file holds more than arrays to compare: raw rows of a split, or a course. */
  private static boolean useful(Input input) throws IOException {
    Path file = input.path();
    String whole = Pairs.stem(file.getFileName().toString());
    if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      return MetricLists.tells(whole, input.vocabulary())
          || paired(whole) && TableReader.split(whole, file).isPresent();
    }
    boolean named = split(whole) != null;
    try (ZipFile zip = input.zip()) {
      return zip.stream()
          .limit(MAX_ENTRIES)
          .map(e -> Pairs.stem(e.getName()))
          .anyMatch(
              n ->
                  MetricLists.tells(n, input.vocabulary())
                      || paired(n) && (named || split(n) != null));
    } catch (IOException e) {
      return true; // reading will say what is wrong
    }
  }

  private static boolean paired(String name) {
    return Pairs.role(name) != SavedArray.Role.OTHER;
  }

  private static Split split(String name) {
    return TableReader.split(name).orElse(null);
  }

  @Override
  public FileNote read(Input input, RunBuilder run) throws IOException {
    if (!useful(input)) {
      return compared(input, run);
    }
    try {
      SavedArrays.keep(input, run);
    } catch (IOException e) {
      // What it holds besides is read below, which says what is wrong.
    }
    return input.path().getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npz")
        ? archive(input, run)
        : array(input, run);
  }

  private FileNote compared(Input input, RunBuilder run) throws IOException {
    try {
      int kept = SavedArrays.keep(input, run);
      String message = kept + " array(s), to be compared with those of another run";
      return new FileNote(input.name(), format(), FileNote.State.READ, message);
    } catch (EOFException e) {
      throw e;
    } catch (IOException e) {
      return new FileNote(input.name(), format(), FileNote.State.SKIPPED, e.getMessage());
    }
  }

  private FileNote array(Input input, RunBuilder run) throws IOException {
    String name = Pairs.stem(input.path().getFileName().toString());
    if (!paired(name)) {
      MetricLists curves = new MetricLists(input.vocabulary());
      try (InputStream in = input.open()) {
        curve(in, name, curves);
      }
      long taken = curves.deliver(new Points(run, input.name(), null, input.vocabulary()));
      return new FileNote(input.name(), format(), FileNote.State.READ, taken + " values");
    }
    boolean targets = Pairs.role(name) == SavedArray.Role.TARGET;
    Path partner =
        Pairs.partner(
            input.path(), targets ? SavedArray.Role.INPUT : SavedArray.Role.TARGET, "*.npy");
    if (partner == null) {
      String wanted = targets ? "inputs (x)" : "labels (y)";
      return new FileNote(
          input.name(),
          format(),
          FileNote.State.SKIPPED,
          "its " + wanted + " were not found beside it under a name of the same kind");
    }
    if (targets) {
      return new FileNote(
          input.name(), format(), FileNote.State.READ, "read with " + partner.getFileName());
    }
    try (InputStream x = input.open();
        InputStream y = input.beside(partner, partner.toString()).open()) {
      Split split = TableReader.split(name, input.path()).orElseThrow();
      return table(split, x, y, input.name(), new Source(input.name(), null), run);
    }
  }

  private FileNote archive(Input input, RunBuilder run) throws IOException {
    Split whole = split(Pairs.stem(input.path().getFileName().toString()));
    MetricLists curves = new MetricLists(input.vocabulary());
    Map<Split, Map<SavedArray.Role, ZipEntry>> splits = new EnumMap<>(Split.class);
    List<String> messages = new ArrayList<>();
    boolean odd = false;
    try (ZipFile zip = input.zip()) {
      for (ZipEntry entry : zip.stream().limit(MAX_ENTRIES).toList()) {
        String name = Pairs.stem(entry.getName());
        Split split = split(name) == null ? whole : split(name);
        if (MetricLists.tells(name, input.vocabulary())
            || MetricLists.isAxis(name, input.vocabulary())) {
          try (InputStream in = Unzipped.open(zip, entry, input.path())) {
            curve(in, name, curves);
          }
        } else if (paired(name) && split != null) {
          splits
              .computeIfAbsent(split, s -> new EnumMap<>(SavedArray.Role.class))
              .putIfAbsent(Pairs.role(name), entry);
        }
      }
      long taken = curves.deliver(new Points(run, input.name(), null, input.vocabulary()));
      if (taken > 0) {
        messages.add(taken + " values");
      }
      for (Map.Entry<Split, Map<SavedArray.Role, ZipEntry>> split : splits.entrySet()) {
        ZipEntry x = split.getValue().get(SavedArray.Role.INPUT);
        ZipEntry y = split.getValue().get(SavedArray.Role.TARGET);
        if (x != null && y != null) {
          try (InputStream inputs = Unzipped.open(zip, x, input.path());
              InputStream targets = Unzipped.open(zip, y, input.path())) {
            Source source = new Source(input.name(), Pairs.stem(x.getName()));
            FileNote note = table(split.getKey(), inputs, targets, input.name(), source, run);
            messages.add(split.getKey().id() + ": " + note.message());
            odd |= note.state() != FileNote.State.READ;
          }
        }
      }
    } catch (java.util.zip.ZipException e) {
      throw new IOException("is a damaged archive: " + Mappings.first(e.getMessage()), e);
    }
    if (messages.isEmpty()) {
      return new FileNote(
          input.name(),
          format(),
          FileNote.State.SKIPPED,
          "holds neither a split's inputs with their labels nor the course of a metric");
    }
    return new FileNote(
        input.name(),
        format(),
        odd ? FileNote.State.PARTIAL : FileNote.State.READ,
        String.join("; ", messages));
  }

  private static void curve(InputStream in, String name, MetricLists curves) throws IOException {
    NpyHeader head = NpyHeader.read(in);
    if (head.shape().length > 2 || head.width() != 1) {
      throw new IOException("is no course of a metric: one value a point is expected");
    }
    long count = Math.min(head.rows(), MetricLists.MAX_VALUES);
    NpyNumbers numbers = new NpyNumbers(in, head);
    for (long i = 0; i < count && numbers.next(); i++) {
      curves.add(name, numbers.value());
    }
  }

  private FileNote table(
      Split split, InputStream x, InputStream y, String file, Source source, RunBuilder run)
      throws IOException {
    NpyHeader inputs = NpyHeader.read(x);
    NpyHeader targets = NpyHeader.read(y);
    if (inputs.width() > MAX_COLUMNS || inputs.shape().length < 1 || inputs.width() < 1) {
      return new FileNote(
          file,
          format(),
          FileNote.State.SKIPPED,
          "rows of "
              + inputs.width()
              + " values: only tables of at most "
              + MAX_COLUMNS
              + " columns are looked at");
    }
    if (inputs.rows() != targets.rows()) {
      throw new IOException(
          "has "
              + inputs.rows()
              + " rows and its labels "
              + targets.rows()
              + ": they do not belong together");
    }
    if (targets.width() > MAX_COLUMNS || targets.width() < 1) {
      throw new IOException("has labels of " + targets.width() + " values each");
    }
    List<String> columns = IntStream.range(0, (int) inputs.width()).mapToObj(i -> "x" + i).toList();
    TableBuilder rows =
        run.rows(split, TableReader.family(source.toString()), columns, List.of(), source);
    if (rows == null) {
      throw new IOException(
          "passed over: another file holds the rows of " + split.id() + " already");
    }
    boolean byColumn = inputs.fortran() && inputs.shape().length > 1;
    boolean labelsByColumn = targets.fortran() && targets.width() > 1;
    long taken =
        byColumn || labelsByColumn
            ? ArrayRows.sample(x, inputs, y, targets, rows)
            : ArrayRows.stream(x, inputs, y, targets, rows);
    if (taken == 0) {
      throw new IOException("holds no rows");
    }
    boolean cut = taken < inputs.rows();
    String message = inputs.rows() + " rows, " + columns.size() + " columns";
    return new FileNote(
        file,
        format(),
        cut ? FileNote.State.PARTIAL : FileNote.State.READ,
        cut ? message + " claimed; the file ends after row " + taken : message);
  }

  /** A label as it is written; null when there is none. The few that classes have are kept. */
  static String name(double label, Map<Double, String> known) {
    if (Double.isNaN(label)) {
      return null;
    }
    String name = known.get(label);
    if (name == null) {
      boolean whole = label == Math.rint(label) && Math.abs(label) < 1e15;
      name = whole ? String.valueOf((long) label) : String.valueOf(label);
      if (known.size() < MAX_NAMES) {
        known.put(label, name);
      }
    }
    return name;
  }
}
