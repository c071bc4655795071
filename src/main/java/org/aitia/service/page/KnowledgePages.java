package org.aitia.service.page;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.Diagnoser;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Question;
import org.aitia.report.Words;
import org.aitia.report.page.Pages;
import org.aitia.service.Problem;
import org.aitia.service.work.Live;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** What the service knows, to be read: causes, rules, questions, and all else that has an id. */
@Path("knowledge")
@Blocking
public final class KnowledgePages {
  private static final int MAX_FOUND = 80;
  private static final Pattern CODE = Pattern.compile("<code>([^<&]+)</code>");
  private static final Pattern TITLE = Pattern.compile("\\A# (.*)\\R");

  @Inject Sheets sheets;
  @Inject Live live;
  @Inject RoutingContext routing;

  /** A page of the knowledge base by its name. */
  public record Entry(String id, String name, String summary) {
    public String href() {
      return "/knowledge/" + address(id);
    }
  }

  /** Entries under a heading. */
  public record Group(String heading, List<Entry> entries) {}

  @GET
  public Response list(@QueryParam("q") String search) {
    Language language = Sheets.language(routing);
    Diagnoser diagnoser = live.diagnoser();
    String wanted = search == null ? "" : search.strip();
    List<Group> groups = groups(diagnoser, language, wanted.toLowerCase(Locale.ROOT));
    return sheets.page(routing, 200, "knowledge.html", Map.of("groups", groups, "search", wanted));
  }

  private static List<Group> groups(Diagnoser diagnoser, Language language, String wanted) {
    Knowledge knowledge = diagnoser.knowledge();
    Words words = new Words(knowledge, language);
    Map<String, List<Entry>> found = new LinkedHashMap<>();
    for (Cause c : knowledge.causes().values()) {
      var page = c.page(language);
      add(
          found,
          words.say("family-" + c.family()),
          new Entry(c.id(), page.name(), page.summary()),
          wanted);
    }
    for (Question q : knowledge.questions().values()) {
      String heading = words.say("site-questions");
      add(found, heading, new Entry(q.id(), q.text().in(language), ""), wanted);
    }
    if (!wanted.isEmpty()) {
      Set<String> named = Set.copyOf(knowledge.causes().keySet());
      for (String id : new Pages(knowledge, diagnoser.rules(), words).ids()) {
        if (!named.contains(id) && !knowledge.questions().containsKey(id)) {
          add(found, words.say("site-others"), new Entry(id, id, ""), wanted);
        }
      }
    }
    return found.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList();
  }

  private static void add(
      Map<String, List<Entry>> found, String heading, Entry entry, String wanted) {
    String text = (entry.id() + " " + entry.name() + " " + entry.summary());
    if (text.toLowerCase(Locale.ROOT).contains(wanted)) {
      List<Entry> entries = found.computeIfAbsent(heading, h -> new ArrayList<>());
      if (entries.size() < MAX_FOUND) {
        entries.add(entry);
      }
    }
  }

  @GET
  @Path("{id}")
  public Response one(@PathParam("id") String id) {
    Language language = Sheets.language(routing);
    Diagnoser diagnoser = live.diagnoser();
    Words words = new Words(diagnoser.knowledge(), language);
    Pages pages = new Pages(diagnoser.knowledge(), diagnoser.rules(), words);
    String page = pages.of(id).orElseThrow(() -> Problem.none("entry", id));
    Matcher title = TITLE.matcher(page);
    return sheets.page(
        routing,
        200,
        "entry.html",
        Map.of("title", title.find() ? title.group(1) : id, "body", html(page, pages.ids(), id)));
  }

  /** Markdown of the knowledge base as HTML; what else it names is linked. */
  private static String html(String markdown, Set<String> ids, String own) {
    String html =
        HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build()
            .render(Parser.builder().build().parse(markdown))
            // What scrolls can be reached by keyboard.
            .replace("<pre>", "<pre tabindex=\"0\">");
    return CODE.matcher(html)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    ids.contains(m.group(1)) && !m.group(1).equals(own)
                        ? "<a href=\"/knowledge/" + address(m.group(1)) + "\">" + m.group() + "</a>"
                        : m.group()));
  }

  /** Names of rules have blanks. */
  private static String address(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
