package org.aitia.evidence.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as training tools write it: bare NaN and Infinity, numbers as strings; with limits against
 * hostile files.
 */
public final class Json {
  public static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxStringLength(8 << 20)
                          .maxNumberLength(400)
                          .maxNameLength(4_096)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  /** Refuses a field that stands twice, and what follows the document. */
  public static final ObjectReader STRICT =
      MAPPER
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Longest text that is read as a number. */
  private static final int MAX_NUMBER = 60;

  private Json() {}

  /** Whether the field is there with a number, finite or not. */
  public static boolean has(JsonNode node, String field) {
    return has(node.path(field));
  }

  /** Whether the text spells a number, finite or not. */
  public static boolean isNumber(String text) {
    return !Double.isNaN(parse(text, 0));
  }

  /** Whether the value is a number, finite or not. */
  public static boolean has(JsonNode value) {
    return value.isNumber() || value.isTextual() && isNumber(value.asText());
  }

  /**
   * The number, non-finite ones as such; NaN when absent or not a number: ask {@link #has} to tell.
   */
  public static double number(JsonNode node, String field) {
    return number(node.path(field));
  }

  public static double number(JsonNode value) {
    return value.isNumber()
        ? value.doubleValue()
        : value.isTextual() ? parse(value.asText(), Double.NaN) : Double.NaN;
  }

  /**
   * Reads the spellings of non-finite numbers; {@code otherwise} when NaN was meant, NaN when it is
   * no number at all.
   */
  private static double parse(String text, double otherwise) {
    return switch (text) {
      case "NaN", "nan", "NAN", "-nan" -> otherwise;
      case "Infinity", "inf", "+inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Infinity", "-inf", "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> plain(text);
    };
  }

  /** A number written as text; NaN when it is none. */
  private static double plain(String text) {
    if (text.isEmpty() || text.length() > MAX_NUMBER || !isNumberStart(text.charAt(0))) {
      return Double.NaN;
    }
    char last = text.charAt(text.length() - 1);
    try {
      // Java would also read "1d" and "1f"
      return Character.isLetter(last) ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isNumberStart(char c) {
    return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.';
  }

  /** The number that the text spells, non-finite ones as such; NaN when it spells none. */
  public static double number(String text) {
    return parse(text, Double.NaN);
  }

  /** The count; -1 when absent or not a whole number. */
  public static long count(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() && value.canConvertToLong() ? value.longValue() : -1;
  }

  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  public static Boolean flag(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() ? value.booleanValue() : null;
  }

  public static List<Integer> integers(JsonNode array) {
    List<Integer> found = new ArrayList<>();
    array.forEach(n -> found.add(n.asInt()));
    return found;
  }

  public static List<Double> numbers(JsonNode array) {
    List<Double> found = new ArrayList<>();
    array.forEach(n -> found.add(number(n)));
    return found;
  }

  /** A scalar as Java value; null for anything else. */
  public static Object scalar(JsonNode node) {
    if (node.isNumber()) {
      return node.isIntegralNumber() && node.canConvertToLong()
          ? (Object) node.longValue()
          : node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isTextual() ? node.asText() : null;
  }
}
