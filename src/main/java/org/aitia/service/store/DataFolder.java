package org.aitia.service.store;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.aitia.service.Settings;

/**
 * The folder of the database and of what is on its way in: one process has it at a time, and only
 * its user looks into it.
 */
@ApplicationScoped
public class DataFolder {
  private static final String LOCK = "lock";
  private static final String UPLOADS = "uploads";

  /** The file of the embedded database. */
  static final String DATABASE = "aitia.mv.db";

  private static final Set<String> OWN = Set.of(LOCK, UPLOADS, DATABASE, "aitia.trace.db");

  /** Bytes; a small report with its evidence takes less. */
  private static final long FULL = 1 << 16;

  /** Held until the process ends, however it ends. */
  @SuppressWarnings("UnusedVariable") // a channel that nobody holds is closed, and its lock lost
  private static FileChannel held;

  private static Path folder;

  @Inject Settings settings;

  private Path uploads;

  /** What stands in the way of the folder's use, in words for the operator. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Makes the folder and takes it for this process.
   *
   * @param embedded whether the database lies in it
   */
  public static synchronized void take(Path folder, boolean embedded) throws Unusable {
    try {
      boolean fresh = !Files.exists(folder);
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new Unusable("may not be written to");
      }
      if (fresh || holdsNothingElse(folder)) {
        restrict(folder, "rwx------");
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      restrict(folder.resolve(LOCK), "rw-------");
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse();
      }
      held = channel;
      DataFolder.folder = folder;
      if (embedded) {
        secure(folder.resolve(DATABASE));
      }
      tidy(folder.resolve(UPLOADS));
    } catch (OverlappingFileLockException e) {
      throw inUse();
    } catch (IOException e) {
      throw new Unusable("cannot be used: " + Faults.reason(e));
    }
  }

  private static Unusable inUse() {
    return new Unusable(
        "is in use by another instance of the service: give each one a folder of its own");
  }

  /** A folder with other things in it is not ours to close. */
  private static boolean holdsNothingElse(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(e -> OWN.contains(e.getFileName().toString()));
    }
  }

  /** What the database writes is for its user only, from the first byte on. */
  private static void secure(Path database) throws IOException {
    if (!Files.exists(database)) {
      Files.createFile(database);
    }
    restrict(database, "rw-------");
  }

  private static void restrict(Path path, String permissions) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  /** Whoever left something here is dead: this process holds the lock. */
  private static void tidy(Path uploads) throws IOException {
    delete(uploads);
    Files.createDirectory(uploads);
    restrict(uploads, "rwx------");
  }

  /** At the start, and not by the first request. */
  void open(@Observes StartupEvent event) throws IOException {
    uploads = Files.createTempDirectory(settings.data().resolve(UPLOADS), "process");
  }

  /** A new folder for the files of an upload. */
  public Path upload() throws IOException {
    return Files.createTempDirectory(uploads, "u");
  }

  /** Where to put a body. */
  public Path body() {
    return uploads.resolve("b" + UUID.randomUUID());
  }

  /** Deletes a folder with all in it. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Writes and deletes a file, to see whether that is possible. */
  void probe() throws IOException {
    Path file = uploads.resolve("p" + UUID.randomUUID());
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var bytes = java.nio.ByteBuffer.allocate(1 << 16);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Whether hardly anything can be written any more. */
  static boolean full() {
    try {
      return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL;
    } catch (IOException e) {
      return false;
    }
  }
}
