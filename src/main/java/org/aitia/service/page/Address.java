package org.aitia.service.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An address with what is asked for in it. */
final class Address {
  private final String path;
  private final Map<String, String> asked = new LinkedHashMap<>();

  Address(String path) {
    this.path = path;
  }

  /** Adds what is asked; nothing where it is null. */
  Address with(String name, String value) {
    if (value != null) {
      asked.put(name, value);
    }
    return this;
  }

  @Override
  public String toString() {
    return asked.isEmpty()
        ? path
        : asked.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", path + "?", ""));
  }
}
