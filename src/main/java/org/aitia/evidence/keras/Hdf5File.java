package org.aitia.evidence.keras;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.aitia.evidence.file.Alias;

/** An open HDF5 file, and its bytes. */
final class Hdf5File implements AutoCloseable {
  /** Files up to this size are read whole; larger ones are mapped. */
  private static final long READ_WHOLE = 32L << 20;

  private final Alias alias;
  private final FileChannel channel;
  private final HdfFile file;

  private Hdf5File(Alias alias, FileChannel channel, HdfFile file) {
    this.alias = alias;
    this.channel = channel;
    this.file = file;
  }

  /**
   * Opens a file. From a buffer the library takes pieces, bounded by what is there; from a file it
   * would allocate as much as each piece claims to have.
   */
  static Hdf5File open(Path path) throws IOException {
    Hdf5Filters.install();
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    Alias alias = null;
    try {
      alias = Alias.of(path);
      long size = channel.size();
      HdfFile file =
          size > Integer.MAX_VALUE
              ? new HdfFile(alias.path()) // no buffer is as large
              : HdfFile.fromByteBuffer(
                  size <= READ_WHOLE
                      ? ByteBuffer.wrap(Files.readAllBytes(path))
                      : channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
      return new Hdf5File(alias, channel, file);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      if (alias != null) {
        alias.close();
      }
      throw e;
    }
  }

  HdfFile file() {
    return file;
  }

  FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    try (channel;
        alias) {
      file.close();
    }
  }
}
