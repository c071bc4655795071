package org.aitia.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An entry of a zip file that ends with an error where it expands beyond measure. */
final class Unzipped extends FilterInputStream {
  private final long most;
  private long produced;

  private Unzipped(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  static InputStream open(ZipFile zip, ZipEntry entry, Path file) throws IOException {
    long most = Math.max(Input.FREE_EXPANSION, Input.MAX_RATIO * Files.size(file));
    return new Unzipped(zip.getInputStream(entry), most);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int n = super.read(into, offset, length);
    produced += Math.max(n, 0);
    if (produced > most) {
      throw new IOException(
          "expands to more than "
              + Input.MAX_RATIO
              + " times its size: refused as a possible zip bomb");
    }
    return n;
  }
}
