package org.aitia.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is written whole or not at all: what is written stands beside it until {@link
 * #finish}, which puts it in its place. The file's permissions stay, and where a link leads to it,
 * the link. Devices and pipes are written directly, and so is a file whose folder takes no other.
 */
public final class OutputFile implements AutoCloseable {
  /** Pieces that lie about; an interrupted program takes them away. */
  private static final Set<Path> BESIDE = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> BESIDE.forEach(OutputFile::takeAway)));
  }

  private static final int MAX_LINKS = 40;

  private final Path named;
  private final Path file;
  private final Path beside;
  private final FileChannel channel;

  private OutputFile(Path named, Path file, Path beside, FileChannel channel) {
    this.named = named;
    this.file = file;
    this.beside = beside;
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @throws NotWritten when the file can't be written: known before there is anything to write
   */
  static OutputFile open(Path named) throws NotWritten {
    try {
      if (Files.isDirectory(named)) {
        throw new FileSystemException(named.toString(), null, "it is a folder");
      }
      if (isDirect(named)) {
        // Standard output may be a file that others write to as well.
        return new OutputFile(
            named, named, null, FileChannel.open(named, StandardOpenOption.APPEND));
      }
      return open(named, behindLinks(named.toAbsolutePath()));
    } catch (IOException e) {
      throw new NotWritten(named.toString(), e);
    }
  }

  private static OutputFile open(Path named, Path file) throws IOException {
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    // The name is short whatever the file's is: names have a limit.
    Path beside = file.resolveSibling(".aitia-" + UUID.randomUUID() + ".part");
    try {
      BESIDE.add(beside);
      FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      OutputFile opened = new OutputFile(named, file, beside, channel);
      opened.takePermissions();
      return opened;
    } catch (AccessDeniedException e) {
      BESIDE.remove(beside);
      if (!Files.exists(file)) {
        throw e;
      }
      return new OutputFile(
          named,
          file,
          null,
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
    }
  }

  /** Devices, pipes, sockets, and whatever the system shows an open file as. */
  private static boolean isDirect(Path named) {
    Path plain = named.toAbsolutePath().normalize();
    return plain.startsWith("/dev") && !plain.startsWith("/dev/shm")
        || plain.startsWith("/proc")
        || Files.exists(named) && !Files.isRegularFile(named);
  }

  private static Path behindLinks(Path path) throws IOException {
    Path at = path;
    for (int i = 0; Files.isSymbolicLink(at); i++) {
      if (i == MAX_LINKS) {
        throw new FileSystemException(path.toString(), null, "its links lead in a circle");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  private void takePermissions() throws IOException {
    PosixFileAttributeView now = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    if (now != null && Files.exists(file)) {
      now.setPermissions(Files.getPosixFilePermissions(file));
    }
  }

  /** Where to write; what fails here fails for good. */
  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Puts what was written in its place. */
  void finish() throws NotWritten {
    try {
      if (beside == null) {
        channel.close();
        return;
      }
      channel.force(true);
      channel.close();
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      BESIDE.remove(beside);
    } catch (IOException e) {
      throw new NotWritten(named.toString(), e);
    }
  }

  /** Leaves the file as it was unless it was finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (beside != null && BESIDE.remove(beside)) {
      Files.deleteIfExists(beside);
    }
  }

  private static void takeAway(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      // the process ends: nobody is left to be told
    }
  }

  /** Writes a file. */
  public static void write(Path file, byte[] content) throws IOException {
    try (OutputFile out = open(file)) {
      try {
        out.stream().write(content);
      } catch (IOException e) {
        throw new NotWritten(file.toString(), e);
      }
      out.finish();
    }
  }

  /** Writes a text in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a text to a file whose folders may have to be made. */
  public static void writeBelow(Path file, String text) throws IOException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new NotWritten(file.toString(), e);
    }
    write(file, text);
  }
}
