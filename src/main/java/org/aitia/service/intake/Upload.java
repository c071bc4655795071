package org.aitia.service.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aitia.limit.Budget;
import org.aitia.service.store.DataFolder;

/**
 * What a request sent, on disk. Closing deletes it.
 *
 * @param folder holds the files
 * @param run what is read as the run: the folder, or its only file
 * @param source the name by which the diagnosis calls it
 * @param kind {@code symptom-report}, {@code run-record} or {@code files}
 * @param fingerprint SHA-256 of names and contents, in hexadecimal digits
 * @param labels that came with the files
 */
public record Upload(
    Path folder,
    Path run,
    String source,
    String kind,
    String fingerprint,
    Map<String, String> labels)
    implements AutoCloseable {

  Upload called(String name) {
    return new Upload(folder, run, name, kind, fingerprint, labels);
  }

  /** The files as a zip; null when it would be larger than the limit. */
  public byte[] zip(long limit) throws IOException {
    Bounded bytes = new Bounded(limit);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Budget.check();
              zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
              Files.copy(file, zip);
              zip.closeEntry();
              return bytes.full ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
          });
    }
    return bytes.full ? null : bytes.bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    DataFolder.delete(folder);
  }

  /** Collects bytes up to a limit and forgets them past it. */
  private static final class Bounded extends OutputStream {
    private final long limit;
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private boolean full;

    Bounded(long limit) {
      this.limit = limit;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      full = full || bytes.size() + (long) length > limit;
      if (full) {
        bytes.reset();
      } else {
        bytes.write(buffer, offset, length);
      }
    }
  }
}
