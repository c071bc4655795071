package org.aitia.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.aitia.knowledge.Language;

/** What a tool was called with. */
final class CallArguments {
  private final Map<String, Object> given;

  /**
   * The arguments of a call.
   *
   * @param known names that the tool takes
   * @throws Refused naming an argument that it does not take
   */
  CallArguments(Map<String, Object> given, Set<String> known) throws Refused {
    this.given = given == null ? Map.of() : given;
    for (String name : this.given.keySet()) {
      if (!known.contains(name)) {
        throw new Refused("there is no argument '" + name + "'; there are " + known);
      }
    }
  }

  /** A text; null where it is not given. */
  String text(String name) throws Refused {
    Object value = given.get(name);
    if (value != null && !(value instanceof String)) {
      throw new Refused("'" + name + "' is a text");
    }
    return (String) value;
  }

  String needed(String name) throws Refused {
    String value = text(name);
    if (value == null || value.isBlank()) {
      throw new Refused("'" + name + "' is missing");
    }
    return value;
  }

  Language language() throws Refused {
    String tag = text("language");
    if (tag != null && !tag.equals("en") && !tag.equals("zh")) {
      throw new Refused("'language' is en or zh");
    }
    return Language.of(tag == null ? "en" : tag);
  }

  /** Answers by question; true and false stand for yes and no. */
  Map<String, String> answers() throws Refused {
    Object value = given.get("answers");
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new Refused("'answers' is an object: question id to answer");
    }
    Map<String, String> found = new LinkedHashMap<>();
    map.forEach(
        (question, answer) ->
            found.put(
                String.valueOf(question),
                answer instanceof Boolean yes ? yes ? "yes" : "no" : String.valueOf(answer)));
    return found;
  }
}
