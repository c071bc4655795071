package org.aitia.service.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aitia.service.Digests;
import org.aitia.service.Labels;
import org.aitia.service.Problem;
import org.aitia.service.intake.Intake;

/**
 * A message with what its headers say.
 *
 * @param tenant whose it is; null for nobody's in particular
 * @param source by which to call the run; null for its kind
 * @param run name of the run whose lines these are; null for other kinds
 * @param offset in bytes at which the lines begin in the record; null for other kinds
 * @param identity the same whenever this message comes again, at most 255 characters
 */
record Letter(
    Kind kind,
    String tenant,
    Map<String, String> labels,
    String source,
    String run,
    Long offset,
    String identity,
    byte[] body) {
  static final String TENANT = "tenant";
  private static final Pattern TENANT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int NEWEST = 1;
  private static final int LONGEST_KEY = 255;

  /** The same message under the identity that it had before it had to wait. */
  Letter known(String before) {
    return new Letter(kind, tenant, labels, source, run, offset, before, body);
  }

  /** What a message holds. */
  enum Kind {
    SYMPTOM_REPORT,
    RUN_RECORD,
    RECORD_LINES,
    POINTER;

    String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Kind of(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw Problem.field(
          422, "unknown-kind", "aitia-kind", "is one of " + ids() + ", not '" + id + "'");
    }

    private static String ids() {
      return String.join(", ", List.of(values()).stream().map(Kind::id).toList());
    }
  }

  /**
   * Where a message stands: it comes again with the same.
   *
   * @param stamp its time in milliseconds, so that a topic made anew is another one
   */
  record Place(String topic, int partition, long offset, long stamp) {}

  /**
   * Reads a message.
   *
   * @param key of the message; null without one
   * @param headers names in lower case
   * @throws Problem when it cannot be told what it is
   */
  static Letter of(Place place, byte[] key, Map<String, String> headers, byte[] body) {
    if (body == null || body.length == 0) {
      throw Problem.of(400, "malformed-body", "the message is empty");
    }
    version(headers.get("aitia-version"));
    Declared.Named named = Declared.of(headers.get("aitia-kind"), body);
    Kind kind = Kind.of(named.kind());
    String tenant = headers.get("aitia-tenant");
    if (tenant != null && !TENANT_NAME.matcher(tenant).matches()) {
      throw Problem.field(400, "bad-request", "aitia-tenant", "is 1 to 63 letters, digits and ._-");
    }
    Map<String, String> labels = Labels.given(headers.get("aitia-labels"), List.of());
    if (tenant != null) {
      labels = Labels.joined(labels, Map.of(TENANT, tenant));
    }
    String source = headers.get("aitia-source");
    Intake.checkSource(source);
    String run = null;
    Long offset = null;
    if (kind == Kind.RECORD_LINES) {
      String name = headers.get("aitia-run");
      run = name == null && key != null ? new String(key, StandardCharsets.UTF_8) : name;
      offset = offset(headers.get("aitia-offset"));
      if (run == null) {
        throw Problem.field(400, "bad-request", "aitia-run", "or the key names the run");
      }
    }
    String identity = identity(place, tenant, headers.get("aitia-key"));
    return new Letter(kind, tenant, labels, source, run, offset, identity, named.body());
  }

  private static void version(String given) {
    boolean known =
        given == null || given.matches("[1-9][0-9]{0,3}") && Integer.parseInt(given) <= NEWEST;
    if (!known) {
      throw Problem.field(
          422, "unknown-version", "aitia-version", "is " + NEWEST + " at most here, not " + given);
    }
  }

  private static Long offset(String given) {
    if (given == null || !given.matches("[0-9]{1,15}")) {
      throw Problem.field(
          400, "bad-request", "aitia-offset", "is the byte of the record at which the lines begin");
    }
    return Long.valueOf(given);
  }

  /** A digest, for a topic alone may be as long as a key; the blank keeps it from keys of REST. */
  private static String identity(Place place, String tenant, String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw Problem.field(400, "bad-request", "aitia-key", "has 1 to 255 characters");
    }
    String all = key == null ? place.toString() : "key " + tenant + " " + key;
    return "kafka " + HexFormat.of().formatHex(Digests.sha256(all));
  }

  /** Headers by their names in lower case; of two with one name the last counts, as with Kafka. */
  static Map<String, String> headers(Iterable<org.apache.kafka.common.header.Header> given) {
    Map<String, String> found = new TreeMap<>();
    for (var header : given) {
      if (header.value() != null) {
        found.put(
            header.key().toLowerCase(java.util.Locale.ROOT),
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }
}
