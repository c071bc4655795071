package org.aitia.cli.output;

import java.nio.file.Path;
import java.util.Locale;

/** Formats of a result. */
public enum Format {
  text,
  markdown,
  json,
  jsonl,
  html,
  sarif,
  github,
  junit;

  /** The format that a file's name asks for. */
  public static Format of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".md") || name.endsWith(".markdown")) {
      return markdown;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return jsonl;
    }
    if (name.endsWith(".html") || name.endsWith(".htm")) {
      return html;
    }
    if (name.endsWith(".sarif") || name.endsWith(".sarif.json")) {
      return sarif;
    }
    if (name.endsWith(".xml")) {
      return junit;
    }
    return name.endsWith(".json") ? json : text;
  }
}
