package org.aitia.report.document;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Results;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aitia.report.Words;

/**
 * The templates of documents. They hold structure alone: what they say are terms of the knowledge
 * base, {@code {say:heading-causes}}, and {@code {say:of('state', id)}} for the term {@code
 * state-ID} or the id where there is none. All that is put into them is escaped, but for what
 * {@code html:} and {@code md:} make of it.
 */
public final class Templates {
  private static final String FOLDER = "/report/";
  private static final String WORDS = "words";
  private static final String MARKDOWN = "text/markdown";

  private Templates() {}

  /** Made for the first document: what answers in the terminal starts without it. */
  private static final class Lazily {
    static final Engine ENGINE =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addNamespaceResolver(NamespaceResolver.builder("say").resolve(Templates::say).build())
            .addNamespaceResolver(
                NamespaceResolver.builder("html").resolve(Templates::html).build())
            .addNamespaceResolver(NamespaceResolver.builder("md").resolve(Templates::md).build())
            .addResultMapper(new Escaper())
            .addResultMapper(new MarkdownEscaper())
            .addLocator(Templates::find)
            .build();
  }

  /**
   * A template filled in.
   *
   * @param name of its file
   * @param words what {@code say:} speaks
   * @param page what the template names so
   */
  static String fill(String name, Words words, Object page) {
    return fill(name, words, Map.of("page", page));
  }

  /**
   * A template filled in.
   *
   * @param data what the template names, by names
   */
  public static String fill(String name, Words words, Map<String, Object> data) {
    TemplateInstance filled =
        Lazily.ENGINE.getTemplate("templates/" + name).instance().setAttribute(WORDS, words);
    data.forEach(filled::data);
    return filled.render();
  }

  /** A file beside the templates, as it is. */
  public static String file(String name) {
    try (InputStream in = Templates.class.getResourceAsStream(FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<TemplateLocator.TemplateLocation> find(String name) {
    return Optional.of(
        new TemplateLocator.TemplateLocation() {
          @Override
          public Reader read() {
            return new StringReader(file(name));
          }

          @Override
          public Optional<Variant> getVariant() {
            return Optional.of(
                Variant.forContentType(name.endsWith(".md") ? MARKDOWN : Variant.TEXT_HTML));
          }
        });
  }

  /**
   * A phrase of the knowledge base.
   *
   * @param safe whether nothing from elsewhere was put into it unescaped
   */
  private record Phrase(String text, boolean safe) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static Phrase say(EvalContext call) {
    Words words = (Words) call.getAttribute(WORDS);
    Object[] values = values(call);
    if (call.getName().equals("of")) {
      return new Phrase(words.sayOr(values[0] + "-" + values[1], values[1] + ""), false);
    }
    boolean safe =
        Arrays.stream(values).allMatch(v -> v instanceof RawString || v instanceof Number);
    return new Phrase(words.say(call.getName(), values), safe);
  }

  private static Object html(EvalContext call) {
    Object value = values(call)[0];
    String text = value == null ? "" : value.toString();
    return switch (call.getName()) {
      case "prose" -> new RawString(Html.prose(text));
      case "raw" -> new RawString(text);
      case "percent" -> Words.percent((Double) value);
      case "number" -> Words.number((Double) value);
      default -> Results.notFound(call);
    };
  }

  private static Object md(EvalContext call) {
    Object value = values(call)[0];
    String text = value == null ? "" : value.toString();
    return switch (call.getName()) {
      case "prose" -> new RawString(Markdown.prose(text));
      case "code" -> new RawString(Markdown.code(text));
      case "link" -> new RawString(Markdown.link(text));
      case "raw" -> new RawString(text);
      case "percent" -> new RawString(Words.percent((Double) value));
      default -> Results.notFound(call);
    };
  }

  private static Object[] values(EvalContext call) {
    return call.getParams().stream()
        .map(p -> call.evaluate(p).toCompletableFuture().join())
        .toArray();
  }

  /** Qute's escapes, behind what no page has a place for. */
  private static final class Escaper extends HtmlEscaper {
    Escaper() {
      super(List.of(Variant.TEXT_HTML));
    }

    @Override
    public String map(Object value, Expression expression) {
      return super.map(Html.fit(value.toString()), expression);
    }
  }

  private static final class MarkdownEscaper implements ResultMapper {
    @Override
    public boolean appliesTo(TemplateNode.Origin origin, Object value) {
      return origin.getVariant().filter(v -> v.getContentType().equals(MARKDOWN)).isPresent()
          && !(value instanceof RawString);
    }

    @Override
    public String map(Object value, Expression expression) {
      return value instanceof Phrase p && p.safe() ? p.text() : Markdown.text(value.toString());
    }
  }
}
