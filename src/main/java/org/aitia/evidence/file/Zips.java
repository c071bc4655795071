package org.aitia.evidence.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the first bytes of a zip file tell of it. */
public final class Zips {
  private static final int HEADER = 30;

  private Zips() {}

  public static boolean begins(byte[] bytes) {
    return isHeader(bytes, 0);
  }

  private static boolean isHeader(byte[] bytes, int at) {
    return at + HEADER <= bytes.length
        && bytes[at] == 'P'
        && bytes[at + 1] == 'K'
        && bytes[at + 2] == 3
        && bytes[at + 3] == 4;
  }

  /** Names of the entries that begin within the first bytes. */
  public static List<String> names(Head head) {
    byte[] bytes = head.bytes();
    List<String> found = new ArrayList<>();
    for (int at = 0; at < bytes.length; at++) {
      if (isHeader(bytes, at)) {
        int length = (bytes[at + 26] & 0xff) | (bytes[at + 27] & 0xff) << 8;
        if (at + HEADER + length <= bytes.length) {
          found.add(new String(bytes, at + HEADER, length, StandardCharsets.UTF_8));
        }
      }
    }
    return found;
  }
}
