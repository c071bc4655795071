package org.aitia.report.document;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Results;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.aitia.report.Words;

/**
 * The templates of documents. They hold structure alone: what they say are terms of the knowledge
 * base, {@code {say:heading-causes}}, and {@code {say:of('state', id)}} for the term {@code
 * state-ID} or the id where there is none. All that is put into them is escaped, but for what
 * {@code html:prose} and {@code html:raw} make.
 */
final class Templates {
  private static final String FOLDER = "/report/";
  private static final String WORDS = "words";

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
            .addResultMapper(new Escaper())
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
    return Lazily.ENGINE
        .getTemplate("templates/" + name)
        .instance()
        .setAttribute(WORDS, words)
        .data("page", page)
        .render();
  }

  /** A file beside the templates, as it is. */
  static String file(String name) {
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
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
          }
        });
  }

  private static String say(EvalContext call) {
    Words words = (Words) call.getAttribute(WORDS);
    Object[] values = values(call);
    return call.getName().equals("of")
        ? words.sayOr(values[0] + "-" + values[1], String.valueOf(values[1]))
        : words.say(call.getName(), values);
  }

  private static Object html(EvalContext call) {
    Object value = values(call)[0];
    return switch (call.getName()) {
      case "prose" -> new RawString(Html.prose((String) value));
      case "raw" -> new RawString((String) value);
      case "percent" -> Words.percent((Double) value);
      case "number" -> Words.number((Double) value);
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
}
