package org.aitia.report.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints of what is told: equal from call to call for the same thing. */
final class Prints {
  private static final int BYTES = 16;

  private Prints() {}

  /** Of a thing in its run. */
  static String of(RunTold run, Told told) {
    return hash(run.source() + "\n" + told.key());
  }

  /** Of a thing in whatever run: for a run that is written to another folder each time. */
  static String anywhere(Told told) {
    return hash(told.key());
  }

  private static String hash(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
