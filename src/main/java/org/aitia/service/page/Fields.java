package org.aitia.service.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aitia.service.Problem;
import org.aitia.service.guard.Caller;

/** The fields of a form without files. */
final class Fields {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Fields() {}

  /** Reads the body of a request; without one there are no fields. */
  static Fields of(Caller caller) throws IOException {
    return caller.read(Fields::read);
  }

  private static Fields read(InputStream body) throws IOException {
    return parse(new String(body.readAllBytes(), StandardCharsets.US_ASCII));
  }

  static Fields parse(String form) {
    Fields found = new Fields();
    for (String field : form.split("&", -1)) {
      String[] parts = field.split("=", 2);
      if (!parts[0].isEmpty()) {
        found
            .values
            .computeIfAbsent(decode(parts[0]), n -> new ArrayList<>())
            .add(parts.length < 2 ? "" : decode(parts[1]));
      }
    }
    return found;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "malformed-body", "the form is not as forms are sent");
    }
  }

  /** What a field holds, without blanks around; empty when it is not there. */
  String get(String name) {
    return values.getOrDefault(name, List.of("")).get(0).strip();
  }

  /** All values of a field. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** A page of this service to go to; the start for anything else. */
  String path(String name) {
    String given = get(name);
    boolean own = given.matches("/(?![/\\\\])[A-Za-z0-9/._~?&=%+:,@-]*") && given.length() < 2_000;
    return own ? given : "/";
  }
}
