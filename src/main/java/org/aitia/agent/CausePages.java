package org.aitia.agent;

import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aitia.Diagnoser;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;

/** The causes as resources: a list, and a page of each in both languages. */
final class CausePages {
  /** The list; in a language with its tag behind it. */
  static final String LIST = "aitia://causes";

  private static final String MARKDOWN = "text/markdown";

  private final Supplier<Diagnoser> diagnosers;

  CausePages(Supplier<Diagnoser> diagnosers) {
    this.diagnosers = diagnosers;
  }

  List<SyncResourceSpecification> all() {
    List<SyncResourceSpecification> found = new ArrayList<>();
    Knowledge knowledge = diagnosers.get().knowledge();
    for (Language language : Language.values()) {
      String end = language == Language.EN ? "" : "/" + language.tag();
      String list = new Words(knowledge, language).say("agent-causes");
      found.add(resource(LIST + end, "causes" + end, list, d -> list(d, language)));
      for (Cause cause : knowledge.causes().values()) {
        found.add(
            resource(
                LIST + "/" + cause.id() + end,
                cause.id() + end,
                cause.page(language).name(),
                d -> page(d, cause.id(), language)));
      }
    }
    return found;
  }

  private static String list(Diagnoser diagnoser, Language language) {
    StringBuilder text = new StringBuilder();
    for (Cause cause : diagnoser.knowledge().causes().values()) {
      text.append("- `")
          .append(cause.id())
          .append("` ")
          .append(cause.page(language).name())
          .append(language == Language.ZH ? "：" : ": ")
          .append(cause.page(language).summary())
          .append('\n');
    }
    return text.toString();
  }

  private static String page(Diagnoser diagnoser, String id, Language language) {
    Words words = new Words(diagnoser.knowledge(), language);
    return new Pages(diagnoser.knowledge(), diagnoser.rules(), words).of(id).orElse("");
  }

  private SyncResourceSpecification resource(
      String uri, String name, String title, Function<Diagnoser, String> text) {
    McpSchema.Resource resource =
        McpSchema.Resource.builder().uri(uri).name(name).title(title).mimeType(MARKDOWN).build();
    return new SyncResourceSpecification(
        resource,
        (context, request) ->
            new McpSchema.ReadResourceResult(
                List.of(
                    new McpSchema.TextResourceContents(
                        uri, MARKDOWN, text.apply(diagnosers.get())))));
  }
}
