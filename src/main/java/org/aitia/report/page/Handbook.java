package org.aitia.report.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Step;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;

/**
 * The documentation for users, made of the knowledge base: every page with an id, each id a link to
 * its page. Nothing in it is written by hand, so that it cannot differ from what the program does.
 */
public final class Handbook {
  private static final String INDEX = "README.md";
  private static final Pattern CODE = Pattern.compile("(?<![`\\[])`([^`\n]+)`(?![`\\]])");
  private static final Pattern HEADING = Pattern.compile("^#+ ");

  private final Knowledge knowledge;
  private final Map<String, RuleBook.Entry> rules;
  private final Map<String, String> formats;
  private final Words words;
  private final Pages pages;

  /** Where each id is explained: path, and anchor behind a {@code #} where the page has several. */
  private final Map<String, String> places = new LinkedHashMap<>();

  /**
   * A handbook in one language.
   *
   * @param formats what can be read, by name
   */
  public Handbook(Knowledge knowledge, RuleBook rules, Map<String, String> formats, Words words) {
    this.knowledge = knowledge;
    this.rules = rules.entries();
    this.formats = formats;
    this.words = words;
    this.pages = new Pages(knowledge, rules, words);
    // Where two kinds share an id the first kind keeps it, as in `aitia explain`.
    knowledge.causes().keySet().forEach(id -> places.put(id, "causes/" + id + ".md"));
    knowledge.symptoms().values().forEach(s -> place(s.id(), "symptoms/" + s.subject() + ".md"));
    knowledge.limits().keySet().forEach(id -> place(id, "limits.md"));
    knowledge.questions().keySet().forEach(id -> place(id, "questions.md"));
    knowledge.checks().keySet().forEach(id -> place(id, "checks.md"));
    knowledge.steps().keySet().forEach(id -> place(id, "steps.md"));
    this.rules.values().forEach(r -> place(r.name(), rulesOf(r.first())));
  }

  private void place(String id, String page) {
    places.putIfAbsent(id, page + "#" + anchor(id));
  }

  private static String rulesOf(String cause) {
    return "rules/" + (cause == null ? "general" : cause) + ".md";
  }

  private static String anchor(String id) {
    return id.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /** Every page by its path. */
  public Map<String, String> pages() {
    Map<String, String> book = new LinkedHashMap<>();
    for (String id : knowledge.causes().keySet()) {
      book.put("causes/" + id + ".md", linked("causes/" + id + ".md", page(id)));
    }
    Map<String, Set<String>> subjects = new TreeMap<>();
    knowledge
        .symptoms()
        .values()
        .forEach(
            s -> subjects.computeIfAbsent(s.subject(), k -> new LinkedHashSet<>()).add(s.id()));
    subjects.forEach(
        (subject, ids) ->
            collect(
                book,
                "symptoms/" + subject + ".md",
                words.say("page-symptoms-of", words.sayOr("subject-" + subject, subject)),
                ids));
    collect(book, "limits.md", words.say("handbook-limits"), knowledge.limits().keySet());
    collect(book, "questions.md", words.say("handbook-questions"), knowledge.questions().keySet());
    collect(book, "checks.md", words.say("page-checks"), knowledge.checks().keySet());
    collect(book, "steps.md", words.say("handbook-steps"), knowledge.steps().keySet());
    Map<String, Set<String>> byCause = new TreeMap<>();
    rules
        .values()
        .forEach(
            r ->
                byCause
                    .computeIfAbsent(rulesOf(r.first()), k -> new LinkedHashSet<>())
                    .add(r.name()));
    byCause.forEach((path, ids) -> collect(book, path, words.say("page-rules"), ids));
    book.put("formats.md", formats());
    book.put(INDEX, index(subjects.keySet(), byCause.keySet()));
    return book;
  }

  private String page(String id) {
    return pages.of(id).orElseThrow();
  }

  /** One page about several ids; what another kind explains under the same id is not repeated. */
  private void collect(
      Map<String, String> book, String path, String title, Collection<String> ids) {
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    for (String id : ids) {
      String place = path + "#" + anchor(id);
      if (place.equals(places.get(id))) {
        text.append("<a id=\"").append(anchor(id)).append("\"></a>\n\n");
        text.append(lowered(page(id))).append('\n');
      }
    }
    book.put(path, linked(path, text.toString()));
  }

  /** Headings one level deeper. */
  private static String lowered(String page) {
    StringBuilder out = new StringBuilder();
    boolean code = false;
    for (String line : page.lines().toList()) {
      code ^= line.startsWith("```");
      out.append(!code && HEADING.matcher(line).find() ? "#" : "").append(line).append('\n');
    }
    return out.toString();
  }

  /** Ids become links, except in code, in headings, and on the page that explains nothing else. */
  private String linked(String path, String page) {
    StringBuilder out = new StringBuilder();
    boolean code = false;
    for (String line : page.lines().toList()) {
      code ^= line.startsWith("```");
      out.append(code || line.startsWith("#") ? line : links(path, line)).append('\n');
    }
    return out.toString();
  }

  private String links(String path, String line) {
    Matcher code = CODE.matcher(line);
    StringBuilder out = new StringBuilder();
    while (code.find()) {
      String place = places.get(code.group(1));
      String link =
          place == null || place.equals(path)
              ? code.group()
              : "[" + code.group() + "](" + relative(path, place) + ")";
      code.appendReplacement(out, Matcher.quoteReplacement(link));
    }
    return code.appendTail(out).toString();
  }

  private static String relative(String from, String to) {
    return (from.contains("/") ? "../" : "") + to;
  }

  private String formats() {
    PageText page = new PageText(words);
    page.heading(words.say("handbook-formats"));
    formats.forEach((name, text) -> page.fact("`" + name + "`", text));
    return page.toString();
  }

  private String index(Collection<String> subjects, Collection<String> rulePages) {
    PageText page = new PageText(words);
    page.heading(words.say("handbook-title"));
    page.paragraph(words.say("handbook-intro", knowledge.version()));
    page.list(
        "handbook-contents",
        List.of(
            link(words.say("handbook-steps"), "steps.md"),
            link(words.say("page-checks"), "checks.md"),
            link(words.say("handbook-questions"), "questions.md"),
            link(words.say("handbook-limits"), "limits.md"),
            link(words.say("handbook-formats"), "formats.md")));
    page.paragraph("## " + words.say("page-causes"));
    Map<String, List<Cause>> families =
        knowledge.causes().values().stream()
            .collect(Collectors.groupingBy(Cause::family, TreeMap::new, Collectors.toList()));
    families.forEach(
        (family, causes) -> {
          page.paragraph("### " + words.say("family-" + family));
          page.items(causes.stream().map(this::cause).toList());
        });
    page.list("handbook-by-step", knowledge.steps().values().stream().map(this::step).toList());
    page.list(
        "heading-symptoms",
        subjects.stream()
            .map(s -> link(words.sayOr("subject-" + s, s), "symptoms/" + s + ".md"))
            .toList());
    page.list("page-rules", rulePages.stream().map(this::rules).toList());
    return page.toString();
  }

  private String cause(Cause cause) {
    var text = cause.page(words.language());
    return link(text.name(), "causes/" + cause.id() + ".md") + words.say("colon") + text.summary();
  }

  private String step(Step step) {
    String causes =
        knowledge.causes().values().stream()
            .filter(c -> c.step().equals(step.id()))
            .map(c -> link(words.cause(c.id()), "causes/" + c.id() + ".md"))
            .collect(Collectors.joining(words.say("comma")));
    String name = link(step.name().in(words.language()), places.get(step.id()));
    return causes.isEmpty() ? name : name + words.say("colon") + causes;
  }

  private String rules(String path) {
    String id = path.substring("rules/".length(), path.length() - ".md".length());
    return link(id.equals("general") ? words.say("handbook-general") : words.cause(id), path);
  }

  private static String link(String text, String path) {
    return "[" + text + "](" + path + ")";
  }
}
