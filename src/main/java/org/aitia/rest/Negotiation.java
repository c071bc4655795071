package org.aitia.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Locale;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.HtmlReport;
import org.aitia.report.MarkdownReport;
import org.aitia.report.Renderer;

/** Which format and which language a caller gets. */
final class Negotiation {
  private static final Locale CHINESE = Locale.forLanguageTag("zh");

  /**
   * A format of a diagnosis.
   *
   * @param suffix the ending of the path that asks for it
   */
  enum Format {
    JSON(MediaType.APPLICATION_JSON_TYPE, ".json") {
      @Override
      Renderer renderer(Knowledge knowledge) {
        return DiagnosisJson.lines();
      }
    },
    MARKDOWN(new MediaType("text", "markdown", "UTF-8"), ".md") {
      @Override
      Renderer renderer(Knowledge knowledge) {
        return new MarkdownReport(knowledge, null);
      }
    },
    HTML(new MediaType("text", "html", "UTF-8"), ".html") {
      @Override
      Renderer renderer(Knowledge knowledge) {
        return new HtmlReport(knowledge);
      }
    };

    private final MediaType type;
    private final String suffix;

    Format(MediaType type, String suffix) {
      this.type = type;
      this.suffix = suffix;
    }

    abstract Renderer renderer(Knowledge knowledge);

    MediaType type() {
      return type;
    }

    String suffix() {
      return suffix;
    }
  }

  private Negotiation() {}

  /**
   * The format that a caller accepts best; JSON unless told otherwise.
   *
   * @throws Problem 406 when it accepts none
   */
  static Format format(Request request) {
    List<Variant> variants =
        Variant.mediaTypes(
                java.util.Arrays.stream(Format.values())
                    .map(Format::type)
                    .toArray(MediaType[]::new))
            .build();
    Variant chosen = request.selectVariant(variants);
    for (Format format : Format.values()) {
      if (chosen != null && format.type().isCompatible(chosen.getMediaType())) {
        return format;
      }
    }
    throw notAcceptable();
  }

  static Problem notAcceptable() {
    return Problem.of(
        406,
        "not-acceptable",
        "there is "
            + String.join(
                ", ",
                java.util.Arrays.stream(Format.values())
                    .map(f -> f.type().getType() + "/" + f.type().getSubtype())
                    .toList()));
  }

  /**
   * The language that a caller understands best: English unless Chinese is asked for.
   *
   * @param header {@code Accept-Language}; null when absent
   */
  static Language language(String header) {
    if (header == null || header.length() > 1_000) {
      return Language.EN;
    }
    try {
      Locale found =
          Locale.lookup(Locale.LanguageRange.parse(header), List.of(Locale.ENGLISH, CHINESE));
      return CHINESE.equals(found) ? Language.ZH : Language.EN;
    } catch (IllegalArgumentException e) {
      return Language.EN;
    }
  }
}
