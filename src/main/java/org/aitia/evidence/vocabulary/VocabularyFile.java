package org.aitia.evidence.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.evidence.document.Mappings;
import org.aitia.run.curve.Family;

/** A user's own names and words: YAML of the form of the program's lists. */
final class VocabularyFile {
  private static final String FORM = " has to list names, such as 'accuracy: [my_hits, hit_rate]'";

  private VocabularyFile() {}

  /**
   * The words by section and by what they stand for.
   *
   * @param known what the words of each section may stand for; anything where that is empty
   * @throws IOException naming file, section and what is wrong with it
   */
  static Map<String, Map<String, List<String>>> read(Path file, Map<String, List<String>> known)
      throws IOException {
    Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> section : content(file, known).properties()) {
      String name = section.getKey();
      if (!known.containsKey(name)) {
        throw new IOException(
            file + ": '" + name + "' is none of " + String.join(", ", known.keySet()));
      }
      if (!section.getValue().isObject()) {
        throw new IOException(file + ": " + name + FORM);
      }
      Map<String, List<String>> kinds = new LinkedHashMap<>();
      sections.put(name, kinds);
      for (Map.Entry<String, JsonNode> one : section.getValue().properties()) {
        String kind = one.getKey();
        String place = file + ": " + name + ": ";
        if (!known.get(name).isEmpty() && !known.get(name).contains(kind)) {
          throw new IOException(
              place + "'" + kind + "' is none of " + String.join(", ", known.get(name)));
        }
        if (name.equals("families")) {
          kinds.put(Vocabulary.plain(kind), family(one.getValue(), place + kind));
        } else {
          kinds.put(kind, texts(one.getValue(), place + kind));
        }
      }
    }
    return sections;
  }

  private static JsonNode content(Path file, Map<String, List<String>> known) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " cannot be read: there is no such file, or it is forbidden");
    }
    if (Files.size(file) > Mappings.MAX_SIZE) {
      throw new IOException(file + " is too large for a list of names");
    }
    try {
      JsonNode content = Mappings.parse(Files.readString(file));
      if (content.isObject()) {
        return content;
      }
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + Mappings.first(e.getMessage()), e);
    }
    throw new IOException(file + " holds none of " + String.join(", ", known.keySet()));
  }

  private static List<String> family(JsonNode list, String place) throws IOException {
    List<String> words =
        list.isArray() ? list.valueStream().map(JsonNode::asText).toList() : List.of();
    try {
      Family.of(words);
    } catch (IllegalArgumentException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
    if (words.isEmpty()) {
      throw new IOException(
          place + " has to list what is known, such as 'my_score: [higher, 0, 1]'");
    }
    return words;
  }

  private static List<String> texts(JsonNode list, String place) throws IOException {
    if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isTextual)) {
      throw new IOException(place + FORM);
    }
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
