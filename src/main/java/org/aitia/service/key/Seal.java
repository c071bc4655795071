package org.aitia.service.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a browser keeps in place of a token: whose it is, until when it is good, and a seal on that
 * which only who knows the key can make. A token that is taken back breaks its seals.
 */
public final class Seal {
  /** Name of the cookie. */
  public static final String NAME = "aitia-seal";

  /** How long it is good. */
  public static final Duration LASTS = Duration.ofDays(14);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,12})~([a-z0-9._-]{1,40})~([0-9a-f]{64})");

  private Seal() {}

  /** A seal that is good from now on. */
  public static String of(Key key, Instant now) {
    long until = now.plus(LASTS).getEpochSecond();
    return until + "~" + key.name() + "~" + mac(key, until);
  }

  /** The key that a seal was made with, while it is good. */
  public static Optional<Key> holder(Keyring keys, String given, Instant now) {
    Matcher form = FORM.matcher(given == null ? "" : given);
    return form.matches()
        ? keys.named(form.group(2)).filter(k -> holds(k, given, now))
        : Optional.empty();
  }

  /**
   * Whether a seal is good.
   *
   * @param given what a browser sent; null for nothing
   */
  static boolean holds(Key key, String given, Instant now) {
    Matcher form = FORM.matcher(given == null ? "" : given);
    if (!form.matches() || !form.group(2).equals(key.name())) {
      return false;
    }
    long until = Long.parseLong(form.group(1));
    boolean own =
        MessageDigest.isEqual(
            mac(key, until).getBytes(StandardCharsets.US_ASCII),
            form.group(3).getBytes(StandardCharsets.US_ASCII));
    return own && now.getEpochSecond() < until;
  }

  private static String mac(Key key, long until) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.digest().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of()
          .formatHex(mac.doFinal(("page until " + until).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
