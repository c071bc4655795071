package org.aitia.service.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;

/** Whether lines of a record tell of its end. */
final class Endings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "end";

  private Endings() {}

  static boolean in(byte[] lines) {
    return new String(lines, StandardCharsets.UTF_8).lines().anyMatch(Endings::is);
  }

  private static boolean is(String line) {
    if (!line.contains("\"" + TYPE + "\"") || line.length() > 100_000) {
      return false;
    }
    try {
      return JSON.readTree(line).path("type").asText().equals(TYPE);
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
