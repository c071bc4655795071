package org.aitia.service;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids in the order of time: UUIDs of version 7 (RFC 9562). */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static long last;

  private Ids() {}

  /** A new id, greater than all before it from this instance. */
  public static synchronized String next() {
    // The 12 bits beside the milliseconds count on within one of them.
    long now = Math.max(System.currentTimeMillis() << 12, last + 1);
    last = now;
    long high = (now >>> 12 << 16) | 0x7000L | (now & 0xFFF);
    long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** Whether a text can be an id. */
  public static boolean valid(String id) {
    return id.length() == 36
        && id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
  }
}
