package org.aitia.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.Words;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandbookTest {
  private static final Knowledge KNOWLEDGE = KnowledgeReader.compiled();
  private static final RuleBook RULES = RuleBook.builtIn();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

  private static final Map<Language, Map<String, String>> BOOKS = new EnumMap<>(Language.class);

  private static Map<String, String> book(Language language) {
    return BOOKS.computeIfAbsent(
        language,
        l ->
            new Handbook(KNOWLEDGE, RULES, Map.of("csv", "a table"), new Words(KNOWLEDGE, l))
                .pages());
  }

  @ParameterizedTest
  @EnumSource
  void hasAPageForEveryCause(Language language) {
    assertThat(book(language))
        .containsKeys(
            KNOWLEDGE.causes().keySet().stream()
                .map(id -> "causes/" + id + ".md")
                .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void everyLinkLeadsSomewhere(Language language) {
    Map<String, String> book = book(language);
    List<String> dead = new ArrayList<>();
    book.forEach(
        (path, page) -> {
          Matcher link = LINK.matcher(FENCED.matcher(page).replaceAll(""));
          while (link.find()) {
            String to = link.group(1);
            if (!to.startsWith("http") && !leads(book, path, to)) {
              dead.add(path + " → " + to);
            }
          }
        });
    assertThat(dead).isEmpty();
  }

  private static boolean leads(Map<String, String> book, String from, String to) {
    String[] parts = to.split("#", 2);
    Path folder = Path.of(from).getParent();
    String path =
        (folder == null ? Path.of(parts[0]) : folder.resolve(parts[0])).normalize().toString();
    String page = book.get(path.replace('\\', '/'));
    return page != null && (parts.length == 1 || page.contains("<a id=\"" + parts[1] + "\">"));
  }

  @ParameterizedTest
  @EnumSource
  void noSectionIsEmpty(Language language) {
    List<String> empty = new ArrayList<>();
    book(language)
        .forEach(
            (path, page) -> {
              List<String> lines =
                  FENCED
                      .matcher(page)
                      .replaceAll("code")
                      .lines()
                      .filter(l -> !l.isBlank() && !l.startsWith("<a id"))
                      .toList();
              for (int i = 0; i < lines.size(); i++) {
                int level = level(lines.get(i));
                int next = i + 1 < lines.size() ? level(lines.get(i + 1)) : 1;
                if (level > 0 && next > 0 && next <= level) {
                  empty.add(path + ": " + lines.get(i));
                }
              }
            });
    assertThat(empty).isEmpty();
  }

  /** Depth of a heading; 0 for text. */
  private static int level(String line) {
    Matcher heading = Pattern.compile("^(#+) ").matcher(line);
    return heading.find() ? heading.group(1).length() : 0;
  }

  @ParameterizedTest
  @EnumSource
  void noPlaceholderIsLeft(Language language) {
    book(language)
        .forEach(
            (path, page) ->
                assertThat(page.lines().filter(l -> l.matches("#+ .*\\{\\w+}.*")))
                    .as(path)
                    .isEmpty());
  }
}
