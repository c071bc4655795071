package org.aitia.evidence.file;

/** Told how far reading has come. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (file, done, total) -> {};

  /**
   * Called now and then while a file is read.
   *
   * @param done bytes of the file read so far
   * @param total size of the file in bytes
   */
  void at(String file, long done, long total);
}
