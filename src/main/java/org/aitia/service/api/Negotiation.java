package org.aitia.service.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Locale;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.DiagnosisJson;
import org.aitia.report.Renderer;
import org.aitia.report.document.HtmlReport;
import org.aitia.report.document.MarkdownReport;
import org.aitia.service.Problem;

/** Which format and which language a caller gets. */
public final class Negotiation {
  private static final Locale CHINESE = Locale.forLanguageTag("zh");

  /** A format of a diagnosis, with the ending of the path that asks for it. */
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
   * The format that a caller accepts best; the first unless told otherwise.
   *
   * @param offered those to choose from; none for all
   * @throws Problem 406 when it accepts none
   */
  static Format format(Request request, Format... offered) {
    List<Format> formats = List.of(offered.length == 0 ? Format.values() : offered);
    List<Variant> variants =
        Variant.mediaTypes(formats.stream().map(Format::type).toArray(MediaType[]::new)).build();
    Variant chosen = request.selectVariant(variants);
    return formats.stream()
        .filter(f -> chosen != null && f.type().isCompatible(chosen.getMediaType()))
        .findFirst()
        .orElseThrow(() -> notAcceptable(formats));
  }

  static Problem notAcceptable() {
    return notAcceptable(List.of(Format.values()));
  }

  private static Problem notAcceptable(List<Format> formats) {
    return Problem.of(
        406,
        "not-acceptable",
        "there is "
            + String.join(
                ", ",
                formats.stream()
                    .map(f -> f.type().getType() + "/" + f.type().getSubtype())
                    .toList()));
  }

  /**
   * What the last part of a path names.
   *
   * @param format that its ending asks for; null without one
   */
  record Named(String id, Format format) {}

  /** Takes the ending of a format off a name. */
  static Named named(String name, Format... offered) {
    for (Format f : offered) {
      if (name.endsWith(f.suffix())) {
        return new Named(name.substring(0, name.length() - f.suffix().length()), f);
      }
    }
    return new Named(name, null);
  }

  /**
   * The language that a caller understands best: English unless Chinese is asked for.
   *
   * @param header {@code Accept-Language}; null when absent
   */
  public static Language language(String header) {
    if (header == null || header.length() > 1_000) {
      return Language.EN;
    }
    try {
      Locale found =
          Locale.lookup(Locale.LanguageRange.parse(header), List.of(Locale.ENGLISH, CHINESE));
      return CHINESE.equals(found) ? Language.ZH : Language.EN;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The JDK's parser stumbles over "-" instead of refusing it.
      return Language.EN;
    }
  }
}
