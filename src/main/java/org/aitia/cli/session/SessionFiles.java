package org.aitia.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aitia.cli.output.OutputFile;
import org.aitia.dialogue.Transcript;

/** The files of a session: saved ones, prepared answers. */
public final class SessionFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Prepared answers are a page at most: more is some other file. */
  private static final int MAX_BYTES = 1 << 20;

  private SessionFiles() {}

  /** Keeps a session; an earlier file is replaced whole or not at all. */
  static void save(Path file, Transcript transcript) throws IOException {
    OutputFile.write(file, JSON.writeValueAsBytes(transcript));
  }

  /**
   * A session that was saved.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static Transcript load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Transcript read = JSON.readValue(in.readNBytes(MAX_BYTES), Transcript.class);
      if (read == null || read.schema() == null || !read.schema().startsWith("session/")) {
        throw new IOException(file + ": is no saved session; it has no schema session/…");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new IOException(file + place(e) + "is no saved session: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Prepared answers, in their order: a mapping of question ids to answers.
   *
   * @param name of the source, for messages
   */
  static Map<String, String> answers(String name, InputStream source) throws IOException {
    JsonNode tree;
    try {
      tree = YAML.readTree(source.readNBytes(MAX_BYTES));
    } catch (JsonProcessingException e) {
      throw new IOException(name + place(e) + e.getOriginalMessage(), e);
    }
    Map<String, String> found = new LinkedHashMap<>();
    if (tree == null || tree.isMissingNode() || tree.isNull()) {
      return found;
    }
    if (!tree.isObject()) {
      throw new IOException(
          name + ": answers are a mapping of question ids to answers, id: answer");
    }
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      if (field.getValue().isContainerNode()) {
        throw new IOException(name + ": " + field.getKey() + ": an answer is one word or number");
      }
      found.put(field.getKey(), text(field.getValue()));
    }
    return found;
  }

  /** YAML reads an unquoted yes as true. */
  private static String text(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() ? "yes" : "no" : value.asText();
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null ? ": " : ":" + e.getLocation().getLineNr() + ": ";
  }
}
