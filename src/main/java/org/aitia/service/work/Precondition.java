package org.aitia.service.work;

import jakarta.ws.rs.core.EntityTag;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.service.Digests;
import org.aitia.service.Problem;

/**
 * Entity tags of sessions, and what {@code If-Match} asks for. A tag is the session's version and,
 * since a session is shown in languages and formats, a digest of what was shown.
 */
public final class Precondition {
  private static final Pattern TAGS =
      Pattern.compile("(W/)?\"([^\"]*)\"\\s*+(?:,|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG = Pattern.compile("(\\d{1,18})-[0-9a-f]{16}");

  private Precondition() {}

  public static EntityTag tag(long version, String body) {
    return new EntityTag(version + "-" + HexFormat.of().formatHex(Digests.sha256(body), 0, 8));
  }

  /**
   * Holds a change to the version that its caller has seen.
   *
   * @param header {@code If-Match}; null when absent
   * @throws Problem 428 without a header, 412 when the session has changed since
   */
  static void check(String header, long version) {
    if (header == null) {
      throw Problem.of(
          428,
          "precondition-required",
          "send the ETag of the session you have seen as If-Match, or If-Match: * to change it"
              + " whatever it is by now");
    }
    if (!header.strip().equals("*") && !names(header, version)) {
      throw changed();
    }
  }

  private static boolean names(String header, long version) {
    Matcher tags = TAGS.matcher(header);
    while (tags.find()) {
      Matcher tag = TAG.matcher(tags.group(2));
      // If-Match compares strongly: a weak tag matches nothing.
      if (tags.group(1) == null && tag.matches() && Long.parseLong(tag.group(1)) == version) {
        return true;
      }
    }
    return false;
  }

  static Problem changed() {
    return Problem.of(
        412, "session-changed", "the session was changed meanwhile: read it again, then decide");
  }
}
