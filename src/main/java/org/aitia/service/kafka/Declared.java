package org.aitia.service.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.aitia.service.Problem;

/** Tells the kind of a message that has no header for it: its field {@code kind} does. */
final class Declared {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KIND = "kind";

  private Declared() {}

  /** A body and its kind, which stands in it no more. */
  record Named(String kind, byte[] body) {}

  /**
   * The kind of a body.
   *
   * @param header what the header says; null without one
   */
  static Named of(String header, byte[] body) {
    if (header != null) {
      return new Named(header, body);
    }
    try {
      JsonNode read = JSON.readTree(body);
      if (read instanceof ObjectNode object && object.path(KIND).isTextual()) {
        String kind = object.remove(KIND).asText();
        return new Named(kind, object.toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // told below: whatever it is, it does not say what
    }
    throw Problem.of(
        422, "unknown-kind", "neither the header aitia-kind nor a field 'kind' says what this is");
  }
}
