package org.aitia.service.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.service.Problem;

/** The small bodies that are sent to a session. */
public final class Bodies {
  /** Room for all notes that are taken. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_TEXT = 4_000;
  private static final int MAX_NOTES = 50;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern TWICE =
      Pattern.compile("Duplicate field '(.{1,60})'", Pattern.DOTALL);

  private Bodies() {}

  /** {@code {"answer": ...}}: a text, a number, or true and false for yes and no. */
  public static String answer(InputStream body) throws IOException {
    JsonNode answer = object(body, "answer").get("answer");
    if (answer == null || answer.isNull() || answer.isContainerNode()) {
      throw wrong("answer", "is a text, a number, true or false");
    }
    return text("answer", answer.isBoolean() ? answer.asBoolean() ? "yes" : "no" : answer.asText());
  }

  /** {@code {"notes": [...]}}. */
  public static List<String> notes(InputStream body) throws IOException {
    JsonNode notes = object(body, "notes").get("notes");
    if (notes == null || !notes.isArray() || notes.size() > MAX_NOTES) {
      throw wrong("notes", "is a list of " + MAX_NOTES + " texts at most");
    }
    List<String> found = new ArrayList<>();
    for (JsonNode note : notes) {
      String field = "notes[" + found.size() + "]";
      if (!note.isTextual() || note.asText().isBlank()) {
        throw wrong(field, "is no text");
      }
      found.add(text(field, note.asText()));
    }
    return found;
  }

  /** An answer or a note, within its bounds. */
  public static String text(String field, String given) {
    if (given.length() > MAX_TEXT) {
      throw wrong(field, "has more than " + MAX_TEXT + " characters");
    }
    return given;
  }

  private static JsonNode object(InputStream body, String... fields) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw Problem.tooLarge(MAX_BYTES);
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      Matcher twice = TWICE.matcher(e.getOriginalMessage());
      if (twice.matches()) {
        throw wrong(twice.group(1), "stands there twice");
      }
      throw Problem.of(400, "malformed-body", "the body is no JSON: " + e.getOriginalMessage());
    }
    if (tree == null || !tree.isObject()) {
      throw Problem.of(400, "malformed-body", "the body is a JSON object");
    }
    Set<String> unknown = new TreeSet<>();
    tree.fieldNames().forEachRemaining(unknown::add);
    List.of(fields).forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw wrong(unknown.iterator().next(), "no such field");
    }
    return tree;
  }

  private static Problem wrong(String field, String detail) {
    return Problem.field(422, "invalid-body", field, detail);
  }
}
