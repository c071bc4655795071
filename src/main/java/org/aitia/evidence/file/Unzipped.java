package org.aitia.evidence.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An entry of a zip file that ends with an error where it expands beyond measure, or where its end
 * shows that it is damaged: Java itself does not look at the checksum.
 */
public final class Unzipped extends FilterInputStream {
  private static final int CHUNK = 1 << 16;

  private final ZipEntry entry;
  private final long most;
  private final CRC32 checksum = new CRC32();
  private long produced;

  private Unzipped(InputStream in, ZipEntry entry, long most) {
    super(in);
    this.entry = entry;
    this.most = most;
  }

  public static Unzipped open(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    long most = Math.max(Input.FREE_EXPANSION, Input.MAX_RATIO * Files.size(file));
    InputStream in = zip.getInputStream(entry);
    if (in == null) {
      throw new ZipException("its entry " + entry.getName() + " is missing");
    }
    return new Unzipped(in, entry, most);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n;
    try {
      n = super.read(into, offset, length);
    } catch (java.io.EOFException e) {
      throw damaged("breaks off", e);
    }
    if (n < 0) {
      verify();
      return n;
    }
    checksum.update(into, offset, n);
    produced += n;
    if (produced > most) {
      throw new IOException(
          "expands to more than "
              + Input.MAX_RATIO
              + " times its size: refused as a possible zip bomb");
    }
    return n;
  }

  /** Skipped bytes count for the checksum. */
  @Override
  public long skip(long count) throws IOException {
    byte[] some = new byte[(int) Math.max(0, Math.min(CHUNK, count))];
    return some.length == 0 ? 0 : Math.max(0, read(some, 0, some.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /**
   * Reads on to the end.
   *
   * @throws IOException when the entry is damaged, with whatever was read of it before
   */
  public void toEnd() throws IOException {
    byte[] some = new byte[CHUNK];
    while (read(some, 0, CHUNK) >= 0) {
      org.aitia.limit.Budget.step();
    }
  }

  /** PyTorch can be told to write no checksums; they are 0 then. */
  private void verify() throws IOException {
    if (entry.getSize() >= 0 && entry.getSize() != produced) {
      throw damaged("has " + produced + " bytes instead of " + entry.getSize(), null);
    }
    if (entry.getCrc() > 0 && entry.getCrc() != checksum.getValue()) {
      throw damaged("does not match its checksum", null);
    }
  }

  private IOException damaged(String how, Exception cause) {
    return new IOException("the file is damaged: " + entry.getName() + " in it " + how, cause);
  }
}
