package org.aitia.evidence.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Mappings written by hand or by a tool, JSON or YAML. Tags such as {@code !!python/object} are
 * passed over and their content read as plain data; aliases are not expanded.
 */
public final class Mappings {
  /** Largest text that is read as a mapping, in characters. */
  public static final int MAX_SIZE = 4 << 20;

  private static final int MAX_DEPTH = 100;

  private static final ObjectReader YAML = new ObjectMapper(factory()).reader();

  private static final ObjectReader STRICT_YAML =
      YAML.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Mappings() {}

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_SIZE);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(50);
    options.setAllowDuplicateKeys(true);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_SIZE)
                .build())
        .build();
  }

  /** Reads a mapping, whichever way it is written; a missing node when it is none. */
  public static JsonNode read(String text) {
    try {
      return parse(text);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * Reads a mapping.
   *
   * @throws IOException with line and column of the fault
   */
  public static JsonNode parse(String text) throws IOException {
    return parse(text, Json.MAPPER.reader(), YAML);
  }

  /**
   * Reads a mapping in which no field stands twice, and which nothing follows.
   *
   * @throws IOException with line and column of the fault
   */
  public static JsonNode strict(String text) throws IOException {
    return parse(text, Json.STRICT, STRICT_YAML);
  }

  private static JsonNode parse(String text, ObjectReader forJson, ObjectReader forYaml)
      throws IOException {
    boolean json = text.stripLeading().startsWith("{");
    try {
      JsonNode node = (json ? forJson : forYaml).readTree(text);
      return node != null && node.isObject() ? node : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      throw new IOException((json ? "is not JSON" : "is not YAML") + place(e) + brief(e), e);
    } catch (RuntimeException e) {
      throw new IOException((json ? "is not JSON: " : "is not YAML: ") + first(e.getMessage()), e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ": "
        : " at line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ": ";
  }

  /** What is wrong with a text that was read in part, and where. */
  public static String fault(JsonProcessingException e) {
    return "cannot be read on" + place(e) + brief(e);
  }

  private static String brief(JsonProcessingException e) {
    return first(e.getOriginalMessage());
  }

  public static String first(String message) {
    String text = String.valueOf(message).lines().findFirst().orElse("").strip();
    return text.length() > 160 ? text.substring(0, 160) + " ..." : text;
  }
}
