package org.aitia.service.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.aitia.service.Problem;
import org.aitia.service.Settings;
import org.aitia.service.store.DataFolder;

/** Takes bodies in: streams them to disk under limits, whatever they hold. */
@ApplicationScoped
public class Intake {
  public static final String REPORT = "symptom-report";
  public static final String RECORD = "run-record";
  static final String FILES = "files";

  private static final int MAX_SOURCE = 200;

  /** The name of a report or record that came as a bare body. */
  private static final String REPORT_NAME = "symptom-report.json";

  private static final String RECORD_NAME = "record.run.jsonl";

  /** The field of the page's form that holds a log. */
  private static final String PASTED = "log";

  @Inject Settings settings;
  @Inject DataFolder data;

  /** The name that a caller gives a run, when it gives one. */
  public static void checkSource(String source) {
    boolean bad =
        source != null
            && (source.isBlank()
                || source.length() > MAX_SOURCE
                || source.chars().anyMatch(Character::isISOControl));
    if (bad) {
      throw Problem.field(
          400, "bad-request", "source", "must have 1 to " + MAX_SOURCE + " printable characters");
    }
  }

  /** A symptom report. */
  public Upload report(InputStream body, String source) throws IOException {
    return one(body, settings.upload().maxReport(), REPORT_NAME, source, REPORT);
  }

  /** A run record. */
  public Upload record(InputStream body, String source) throws IOException {
    return one(body, settings.upload().maxBytes(), RECORD_NAME, source, RECORD);
  }

  private Upload one(InputStream body, long limit, String name, String source, String kind)
      throws IOException {
    return filling(source == null ? kind : source, kind, limit, files -> files.add(name, body));
  }

  /** A zip of a run's folder. */
  public Upload zip(InputStream body, String source) throws IOException {
    return filling(source, FILES, settings.upload().maxBytes(), files -> unzip(body, files));
  }

  /** A zip of many runs, bare or in a form. */
  public Upload batch(InputStream body, String type) throws IOException {
    return type.regionMatches(true, 0, "multipart/", 0, 10)
        ? form(body, type, FILES)
        : zip(body, FILES);
  }

  /** The files of a folder that was taken in already; they stay where they are too. */
  public Upload folder(Path of, String source) throws IOException {
    return folder(of, source, Long.MAX_VALUE);
  }

  /** A file or folder of this machine, held to what a body may be; it stays where it is. */
  public Upload pointed(Path to, String source) throws IOException {
    long most = settings.upload().maxBytes();
    if (Files.isDirectory(to)) {
      return folder(to, source, most);
    }
    try (InputStream content = Files.newInputStream(to)) {
      return one(content, most, to.getFileName().toString(), source, FILES);
    }
  }

  private Upload folder(Path of, String source, long limit) throws IOException {
    return filling(
        source,
        FILES,
        limit,
        files -> {
          List<Path> inside;
          try (Stream<Path> all = Files.walk(of)) {
            inside = all.filter(Files::isRegularFile).sorted().toList();
          }
          for (Path file : inside) {
            try (InputStream content = Files.newInputStream(file)) {
              files.add(of.relativize(file).toString(), content);
            }
          }
        });
  }

  /** What {@link Upload#zip} packed: it was within the limits when it came. */
  public Upload kept(byte[] zip, String kind, String source) throws IOException {
    return filling(
        source,
        kind,
        Long.MAX_VALUE,
        files -> entries(new ZipInputStream(new ByteArrayInputStream(zip)), files));
  }

  /** Files as a form sends them; a single zip is unpacked. */
  public Upload form(InputStream body, String type, String source) throws IOException {
    return filling(
        source,
        FILES,
        settings.upload().maxBytes(),
        files -> FormParts.into(files, body, type, null));
  }

  /**
   * Files as the form of the page sends them, or a log that was pasted into it. They are called by
   * the folder that they lie in.
   */
  public Upload page(InputStream body, String type) throws IOException {
    Upload upload =
        filling(
            null,
            FILES,
            settings.upload().maxBytes(),
            files -> FormParts.into(files, body, type, PASTED));
    return upload.source().equals(FILES) ? upload.called(folder(upload.folder())) : upload;
  }

  /** The only folder that lies in one, with no files beside it; what it is called else. */
  private static String folder(Path of) throws IOException {
    try (Stream<Path> inside = Files.list(of)) {
      List<Path> found = inside.limit(2).toList();
      return found.size() == 1 && Files.isDirectory(found.get(0))
          ? found.get(0).getFileName().toString()
          : FILES;
    }
  }

  private interface Filling {
    void into(Unpacking files) throws IOException;
  }

  private Upload filling(String source, String kind, long limit, Filling filling)
      throws IOException {
    Path folder = data.upload();
    boolean kept = false;
    try {
      Unpacking files = new Unpacking(folder, limit, settings.upload());
      filling.into(files);
      if (files.count() == 0) {
        throw Arrivals.empty();
      }
      String named = source != null ? source : files.count() == 1 ? files.last() : FILES;
      Path run = files.count() == 1 ? folder.resolve(files.last()) : folder;
      kept = true;
      return new Upload(folder, run, named, kind, files.fingerprint(), files.labels());
    } finally {
      if (!kept) {
        DataFolder.delete(folder);
      }
    }
  }

  static void unzip(InputStream body, Unpacking files) throws IOException {
    Counted raw = new Counted(body);
    boolean any;
    files.unpackFrom(() -> raw.count);
    try (ZipInputStream zip = new ZipInputStream(raw, StandardCharsets.UTF_8)) {
      any = entries(zip, files);
    } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException e) {
      throw Problem.of(400, "malformed-body", "the zip is damaged: " + e.getMessage());
    } finally {
      files.unpackFrom(null);
    }
    if (!any) {
      throw Problem.of(400, "malformed-body", "the body is no zip, or an empty one");
    }
  }

  /** Adds all files of a zip; tells whether it had any entry. */
  private static boolean entries(ZipInputStream zip, Unpacking files) throws IOException {
    boolean any = false;
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      any = true;
      if (!entry.isDirectory()) {
        files.add(entry.getName(), zip);
      }
    }
    return any;
  }

  private static final class Counted extends java.io.FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(n, 0);
      return n;
    }

    @Override
    public void close() {
      // the body belongs to the caller
    }
  }
}
