package org.aitia.service.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.aitia.service.Digests;

/**
 * A token as the service knows it: not the token, which is long and drawn at random, but its
 * digest.
 *
 * @param name by which a diagnosis tells who made it
 * @param digest SHA-256 of the token in hexadecimal digits
 */
public record Key(String name, Set<Right> scopes, String digest) {
  /** What the one token of {@code --token-file} is called. */
  private static final String SINGLE = "token";

  /** The token that may do everything. */
  public static Key single(String token) {
    return new Key(SINGLE, EnumSet.allOf(Right.class), digest(token));
  }

  private static String digest(String token) {
    return HexFormat.of().formatHex(Digests.sha256(token));
  }

  /** Whether it may be used for something. */
  public boolean may(Right scope) {
    return scopes.contains(scope) || scopes.contains(Right.ADMIN);
  }

  /** Whether what was given is the token, in constant time whatever the lengths. */
  boolean opens(String given) {
    return MessageDigest.isEqual(
        digest.getBytes(StandardCharsets.US_ASCII),
        digest(given).getBytes(StandardCharsets.US_ASCII));
  }
}
