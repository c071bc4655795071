package org.aitia.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aitia.evidence.Kinds;
import org.aitia.knowledge.Cost;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.Language;
import org.aitia.knowledge.Level;
import org.aitia.knowledge.Question;
import org.aitia.knowledge.Severity;
import org.aitia.knowledge.Step.State;
import org.aitia.knowledge.Verdict;
import org.aitia.knowledge.read.KnowledgeReader;
import org.aitia.reasoning.rule.RuleBook;
import org.aitia.report.page.Pages;
import org.aitia.report.terminal.PageReport;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private static final Pattern TERM =
      Pattern.compile(
          "\"((?:heading|column|page|check|checks|curve|note|nothing|more|cost|state|file|verdict)"
              + "-[a-z-]*[a-z])\"");
  private final Knowledge knowledge = KnowledgeReader.compiled();

  @Test
  void everyWordOfTheReportsIsInTheKnowledgeBase() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (String folder : List.of("report", "cli")) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/aitia/" + folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher term = TERM.matcher(Files.readString(file));
          while (term.find()) {
            wanted.add(term.group(1));
          }
        }
      }
    }
    Kinds.ALL.forEach(k -> wanted.add("evidence-" + k));
    for (Severity s : Severity.values()) {
      wanted.add("severity-" + s.id());
    }
    for (Verdict v : Verdict.values()) {
      wanted.add("verdict-" + v.id());
    }
    for (State s : State.values()) {
      wanted.add("state-" + s.id());
    }
    for (Cost c : Cost.values()) {
      wanted.add("cost-" + c.id());
    }
    for (Level l : Level.values()) {
      wanted.add("level-" + l.id());
    }
    for (Question.Kind k : Question.Kind.values()) {
      wanted.add("kind-" + k.id());
    }
    knowledge.causes().values().forEach(c -> wanted.add("family-" + c.family()));
    knowledge.weights().priors().keySet().forEach(p -> wanted.add("page-prior-" + p));
    wanted.removeAll(knowledge.terms().keySet());
    wanted.removeIf(w -> w.equals("page-prior") || w.equals("check-not"));
    assertThat(wanted).isEmpty();
  }

  @Test
  void everythingHasAPageInBothLanguages() {
    List<String> broken = new ArrayList<>();
    RuleBook rules = RuleBook.builtIn();
    for (Language language : Language.values()) {
      Pages pages = new Pages(knowledge, rules, new Words(knowledge, language));
      for (String id : pages.ids()) {
        String page = pages.of(id).orElse("");
        if (!page.startsWith("# ") || page.contains(": null")) {
          broken.add(language + " " + id);
        }
        PageReport.text(page, 80, true);
      }
      String cause = pages.of("learning-rate-too-high").orElseThrow();
      assertThat(cause).contains("```python", "### PyTorch", "### MindSpore");
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void chinesePagesShowTheCodeWithTheRepair() {
    Pages pages = new Pages(knowledge, RuleBook.builtIn(), new Words(knowledge, Language.ZH));
    String page = pages.of("learning-rate-too-high").orElseThrow();
    assertThat(page.indexOf("### PyTorch"))
        .isBetween(page.indexOf("## 如何修复"), page.indexOf("## 易混淆"));
    assertThat(page).contains("## 参考文献");
  }

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(
            Stream.of(0.0, 120.0, 0.05256, 1.6824, 1e-5, 123456.7, 2.5e-7, -0.5).map(Words::number))
        .containsExactly("0", "120", "0.05256", "1.682", "1e-5", "1.23e5", "2.5e-7", "-0.5");
    assertThat(Words.percent(0.9999)).isEqualTo(">99 %");
    assertThat(Words.percent(0.001)).isEqualTo("<1 %");
    Words words = new Words(knowledge, Language.EN);
    assertThat(words.say("missing", "{0}")).isEqualTo("missing: {0}");
  }
}
