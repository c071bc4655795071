package org.aitia.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.aitia.knowledge.Language;

/** The page of the format that a newcomer may write by hand, and its schema. */
public final class FormatPage {
  public static final String ID = "run-record";

  private FormatPage() {}

  static String in(Language language) {
    return resource("/page/" + ID + "." + language.tag() + ".md");
  }

  /** JSON Schema of a line. */
  public static String schema() {
    return resource("/schema/run-record-1.schema.json");
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(FormatPage.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
