package org.aitia.service.guard;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.aitia.service.Digests;

/**
 * What a browser keeps in place of the token: until when it is good, and a seal on that which only
 * who has the token can make. With another token all seals are broken.
 */
public final class Seal {
  /** Name of the cookie. */
  public static final String NAME = "aitia-seal";

  /** How long it is good. */
  public static final Duration LASTS = Duration.ofDays(14);

  private static final String ALGORITHM = "HmacSHA256";

  private Seal() {}

  /** Whether a request brings the token, or, on the page, the seal that was given for it. */
  static boolean known(String token, HttpServerRequest request) {
    if (Ground.open(request) || matches(token, request.getHeader(HttpHeaders.AUTHORIZATION))) {
      return true;
    }
    Cookie seal = Ground.page(request) ? request.getCookie(NAME) : null;
    return seal != null && holds(token, seal.getValue(), Instant.now());
  }

  /** A seal that is good from now on. */
  public static String of(String token, Instant now) {
    long until = now.plus(LASTS).getEpochSecond();
    return until + "." + mac(token, until);
  }

  /**
   * Whether a seal is good.
   *
   * @param given what a browser sent; null for nothing
   */
  static boolean holds(String token, String given, Instant now) {
    if (given == null || !given.matches("[0-9]{1,12}\\.[0-9a-f]{64}")) {
      return false;
    }
    int dot = given.indexOf('.');
    long until = Long.parseLong(given.substring(0, dot));
    boolean own =
        MessageDigest.isEqual(
            mac(token, until).getBytes(StandardCharsets.US_ASCII),
            given.substring(dot + 1).getBytes(StandardCharsets.US_ASCII));
    return own && now.getEpochSecond() < until;
  }

  private static String mac(String token, long until) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of()
          .formatHex(mac.doFinal(("page until " + until).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Whether a header brings the token. */
  static boolean matches(String token, String header) {
    String given =
        header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
            ? header.substring(7).strip()
            : "";
    return same(token, given);
  }

  /** Whether what was given is the token, in constant time whatever the lengths. */
  public static boolean same(String token, String given) {
    return MessageDigest.isEqual(Digests.sha256(token), Digests.sha256(given));
  }
}
