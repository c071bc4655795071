package org.aitia.knowledge.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Page;

/** Reads the pages of causes: front matter, the English page, the Chinese one beside it. */
final class CauseReader {
  private static final Pattern SECTION = Pattern.compile("(?m)^## ++(.+)$");

  /** What stands before the page. */
  private record Head(
      @JsonProperty(required = true) String family,
      @JsonProperty(required = true) String step,
      @JsonProperty(required = true) String prior,
      List<String> leadsTo,
      List<String> mistakenFor,
      boolean residual,
      @JsonProperty(required = true) Cost confirm,
      @JsonProperty(required = true) Cost repair) {
    @SuppressWarnings("UnusedMethod") // Jackson makes it
    Head {
      leadsTo = leadsTo == null ? List.of() : leadsTo;
      mistakenFor = mistakenFor == null ? List.of() : mistakenFor;
    }

    Cause with(String id, Page en, Page zh) {
      return new Cause(
          id, family, step, prior, leadsTo, mistakenFor, residual, confirm, repair, en, zh);
    }
  }

  private final YAMLMapper yaml;
  private final List<String> problems;

  CauseReader(YAMLMapper yaml, List<String> problems) {
    this.yaml = yaml;
    this.problems = problems;
  }

  /** The causes of a folder, by id. */
  Map<String, Cause> read(Path folder) throws IOException {
    Map<String, Cause> found = new LinkedHashMap<>();
    for (Path file : KnowledgeReader.files(folder, ".md")) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".zh.md")) {
        String id = name.substring(0, name.length() - 3);
        Cause cause = cause(file, id);
        if (cause != null && found.put(id, cause) != null) {
          problems.add(file + ": there is another page of this name");
        }
      }
    }
    return found;
  }

  private Cause cause(Path file, String id) throws IOException {
    String text = Files.readString(file);
    int end = text.indexOf("\n---", 3);
    if (!text.startsWith("---\n") || end < 0) {
      problems.add(file + ":1: no front matter between two lines of ---");
      return null;
    }
    Path chinese = file.resolveSibling(id + ".zh.md");
    if (!Files.exists(chinese)) {
      problems.add(chinese + ": missing, each cause needs its Chinese page");
      return null;
    }
    String body = text.substring(text.indexOf('\n', end + 1) + 1);
    Page en = page(file, body, "How to confirm", "How to repair");
    Page zh = page(chinese, Files.readString(chinese), "如何确认", "如何修复");
    try {
      Cause cause = yaml.readValue(text.substring(4, end), Head.class).with(id, en, zh);
      if (!cause.family().equals(file.getParent().getFileName().toString())) {
        problems.add(file + ": family: " + cause.family() + " differs from its folder");
      }
      return cause;
    } catch (JsonMappingException e) {
      problems.add(file + ": " + Unbound.why(e));
    } catch (JsonProcessingException e) {
      // The front matter begins on the second line of the file.
      problems.add(KnowledgeReader.syntax(file, e, 1));
    }
    return null;
  }

  private Page page(Path file, String text, String confirm, String repair) {
    String[] lines = text.strip().split("\n", 2);
    if (!lines[0].startsWith("# ") || lines.length < 2) {
      problems.add(file + ": the page must begin with '# Name' and a sentence");
      return new Page("", "", "", "", "");
    }
    String body = lines[1].strip();
    int first = body.indexOf("\n## ");
    String summary = first < 0 ? body : body.substring(0, first).strip();
    return new Page(
        lines[0].substring(2).strip(),
        unwrap(summary),
        unwrap(paragraph(file, body, confirm)),
        unwrap(paragraph(file, body, repair)),
        first < 0 ? "" : body.substring(first).strip());
  }

  private String paragraph(Path file, String body, String heading) {
    Matcher section = SECTION.matcher(body);
    while (section.find()) {
      if (section.group(1).stripTrailing().equals(heading)) {
        return body.substring(section.end()).strip().split("\n\\s*\n", 2)[0];
      }
    }
    problems.add(file + ": no section '## " + heading + "'");
    return "";
  }

  /** Joins the lines of a paragraph; Chinese needs no space between them. */
  private static String unwrap(String paragraph) {
    return paragraph
        .replaceAll("(?<=[\\p{IsHan}，。：；、）])[^\\S\n]*+\n\\s*+(?=[\\p{IsHan}（])", "")
        .replaceAll("(?<![^\\S\n])[^\\S\n]*+\n\\s*+", " ")
        .strip();
  }
}
