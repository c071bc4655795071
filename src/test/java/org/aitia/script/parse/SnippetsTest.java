package org.aitia.script.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.knowledge.Framework;
import org.aitia.knowledge.read.KnowledgeReader;
import org.junit.jupiter.api.Test;
import org.treesitter.TSParser;
import org.treesitter.TreeSitterPython;

/**
 * The Python that the knowledge base tells people to run; snippets.py runs that of the questions.
 */
final class SnippetsTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```python\n(.*?)^```$");

  @Test
  void everySnippetOfTheQuestionsIsPython() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    KnowledgeReader.compiled()
        .questions()
        .forEach(
            (id, question) ->
                question.snippets().forEach((f, code) -> snippets.put(id + " " + f.id(), code)));
    assertThat(snippets).hasSizeGreaterThan(60);
    assertThat(snippets).allSatisfy((at, code) -> assertThat(isPython(code)).as(at).isTrue());
  }

  @Test
  void everySnippetOfTheCausesIsPython() throws IOException {
    Path causes = Path.of("knowledge-base/causes");
    try (Stream<Path> files = Files.walk(causes)) {
      List<Path> pages = files.filter(p -> p.toString().matches(".*(?<!\\.zh)\\.md")).toList();
      assertThat(pages).hasSizeGreaterThan(60);
      for (Path page : pages) {
        List<String> codes =
            FENCE.matcher(Files.readString(page)).results().map(m -> m.group(1)).toList();
        assertThat(codes).as("%s", page).hasSizeGreaterThanOrEqualTo(Framework.values().length);
        assertThat(codes).as("%s", page).allMatch(SnippetsTest::isPython);
      }
    }
  }

  @Test
  void whatIsNoPythonIsSeen() {
    assertThat(isPython("for x in y:\n    print(x)\n")).isTrue();
    assertThat(isPython("for x in y\n    print(x)\n")).isFalse();
    assertThat(isPython("print((1, 2)\nx = 3\n")).isFalse();
  }

  private static boolean isPython(String code) {
    try (TSParser parser = new TSParser()) {
      parser.setLanguage(new TreeSitterPython());
      return !parser.parseString(null, code).getRootNode().hasError();
    }
  }
}
