package org.aitia.service.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePathWrapper;

/** The disk as H2 sees it under {@code faulty:}, where a chosen write fails. */
public final class FaultyDisk extends FilePathWrapper {
  private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);
  private static volatile String fault;
  private static volatile boolean lasting;

  /**
   * Lets a write fail.
   *
   * @param after so many that succeed
   * @param message what the operating system says of it
   * @param forGood whether all later ones fail as well
   */
  static void failAfter(int after, String message, boolean forGood) {
    fault = message;
    lasting = forGood;
    LEFT.set(after);
  }

  /** Lets no write fail any more; whether one did. */
  static boolean mend() {
    return LEFT.getAndSet(Long.MAX_VALUE) < 0;
  }

  private static void write() throws IOException {
    long left = LEFT.getAndDecrement();
    if (left == 0 || left < 0 && lasting) {
      throw new IOException(fault);
    }
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static final class Channel extends FileBase {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      FaultyDisk.write();
      return file.write(from);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      FaultyDisk.write();
      return file.write(from, at);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      FaultyDisk.write();
      file.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      FaultyDisk.write();
      file.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return file.read(to);
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
      return file.read(to, at);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
      file.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
      return file.tryLock(at, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
