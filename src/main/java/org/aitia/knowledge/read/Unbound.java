package org.aitia.knowledge.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says why something written is none of what is expected, in the words of the files. */
final class Unbound {
  private Unbound() {}

  /** The fields on the way, and what is wrong with the last of them. */
  static String why(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? why(mapping)
        : KnowledgeReader.brief(e.getOriginalMessage());
  }

  private static String why(JsonMappingException e) {
    List<String> path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .toList();
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      return at(path.subList(0, path.size() - 1))
          + "unknown field '"
          + unknown.getPropertyName()
          + "'; there are: "
          + known;
    }
    if (e.getClass() == MismatchedInputException.class && lacks(e)) {
      String missing = path.get(path.size() - 1);
      return at(path.subList(0, path.size() - 1)) + "lacks its " + missing;
    }
    return at(path) + reason(e);
  }

  /** By its words: it has no class of its own. */
  private static boolean lacks(JsonMappingException e) {
    return e.getOriginalMessage().startsWith("Missing required creator property");
  }

  private static String reason(JsonMappingException e) {
    if (e instanceof ValueInstantiationException value && value.getType().isEnumType()) {
      return "is none of " + words(value.getType().getRawClass());
    }
    if (e instanceof InvalidFormatException value && value.getTargetType().isEnum()) {
      return "'" + value.getValue() + "' is none of " + words(value.getTargetType());
    }
    return e instanceof ValueInstantiationException && e.getCause() != null
        ? e.getCause().getMessage()
        : KnowledgeReader.brief(e.getOriginalMessage());
  }

  private static String words(Class<?> kind) {
    return Arrays.stream(kind.getEnumConstants())
        .map(one -> ((Enum<?>) one).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }

  private static String at(List<String> path) {
    return path.stream().map(key -> key + ": ").collect(Collectors.joining());
  }
}
