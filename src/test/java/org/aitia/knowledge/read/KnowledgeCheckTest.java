package org.aitia.knowledge.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aitia.knowledge.Cause;
import org.aitia.knowledge.Knowledge;
import org.aitia.knowledge.KnowledgeException;
import org.aitia.knowledge.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A knowledge base with one fault, for each fault that there can be: named with file and line. */
final class KnowledgeCheckTest {
  @TempDir Path folder;

  private Tiny tiny;

  @BeforeEach
  void write() throws IOException {
    tiny = new Tiny(folder);
  }

  private void isRefused(String... problems) {
    assertThatThrownBy(tiny::read)
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replace(folder + "/", ""))
                    .containsExactly(problems));
  }

  @Test
  void whatHasNoFaultIsRead() throws IOException {
    Knowledge read = tiny.read();
    assertThat(read.version()).isEqualTo("1");
    assertThat(read.causes()).containsOnlyKeys("stale-cache", "wrong-labels");
    assertThat(read.steps()).containsOnlyKeys("1.code", "3.data");
    assertThat(read.symptoms())
        .containsOnlyKeys("rows-few", "rows-none", "driver-old", "rate-unlike-reference");
    assertThat(read.checks()).containsOnlyKeys("cache-fresh");
    assertThat(read.questions())
        .containsOnlyKeys("cached", "row-count", "data-place", "trained-anew");
    assertThat(read.provisions()).containsOnlyKeys("files");
    assertThat(read.limitValues()).containsOnlyKeys("few-rows");
    assertThat(read.terms()).hasSize(5);
    assertThat(read.counts().runs()).isZero();
    Cause cause = read.cause("stale-cache");
    assertThat(cause.page(Language.EN).name()).isEqualTo("Stale cache");
    assertThat(cause.page(Language.EN).summary()).isEqualTo("Samples are old.");
    assertThat(cause.page(Language.EN).confirm()).isEqualTo("Delete it.");
    assertThat(cause.page(Language.ZH).repair()).isEqualTo("删除后重训。");
  }

  @Test
  void countsAreReadWhereThereAreSome() throws IOException {
    Files.writeString(
        folder.resolve("counts.yaml"),
        "runs: 7\ncauses: {stale-cache: 2}\nrules: {a: {stale-cache: {right: 2, wrong: 1}}}\n");
    assertThat(tiny.read().counts().runs()).isEqualTo(7);
    assertThat(tiny.read().counts().of("a", "stale-cache").wrong()).isEqualTo(1);
  }

  @Test
  void whatTheProgramKnowsIsNotReplaced() throws IOException {
    Knowledge known = tiny.read();
    for (String program : new String[] {"steps", "provisions", "weights", "limits"}) {
      Files.delete(folder.resolve(program + ".yaml"));
    }
    assertThatThrownBy(() -> KnowledgeReader.with(known, folder))
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e ->
                assertThat(e.problems())
                    .map(p -> p.replace(folder + "/", ""))
                    .contains(
                        "causes/data/stale-cache.md:1: stale-cache: the program has an entry of"
                            + " this id",
                        "symptoms/rows.yaml:9: driver-old: the program has an entry of this id",
                        "checks.yaml:1: cache-fresh: the program has an entry of this id",
                        "questions.yaml:12: row-count: the program has an entry of this id",
                        "terms.yaml:2: evidence-config: the program has an entry of this id")
                    .hasSize(2 + 4 + 1 + 4 + 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "family: data | family: date | causes/data/stale-cache.md:2: family: date differs from its folder; causes/date/stale-cache.md:1: family: unknown id 'family-date'",
        "step: 3.data | step: 9.none | causes/data/stale-cache.md:3: step: unknown id '9.none'",
        "prior: rare | prior: often | causes/data/stale-cache.md:4: prior: unknown id 'often'",
        "leads-to: [wrong-labels] | leads-to: [nothing] | causes/data/stale-cache.md:5: leads-to: unknown id 'nothing'",
        "leads-to: [wrong-labels] | leads-to: [stale-cache] | causes/data/stale-cache.md:1: leads-to comes back to the cause itself",
        "mistaken-for: [wrong-labels] | mistaken-for: [nothing] | causes/data/stale-cache.md:6: mistaken-for: unknown id 'nothing'",
        "Samples are old. | TODO | causes/data/stale-cache.md:1: a page says TODO",
        "# Stale cache | # TODO | causes/data/stale-cache.md:1: a page says TODO",
        "Delete it and train. | TODO | causes/data/stale-cache.md:1: a page says TODO",
      })
  void ofACause(String was, String is, String problems) throws IOException {
    tiny.change("causes/data/stale-cache.md", was, is);
    isRefused(problems.split("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zh: \"代码\" | zh: \" \" | 2: 1.code: name: needs a text in English and in Chinese",
        "en: \"Read it.\" | en: \"\" | 3: 1.code: purpose: needs a text in English and in Chinese",
        "parent: 1.code | parent: 2.none | 7: 3.data: parent: unknown id '2.none'",
        "waits-for: [1.code] | waits-for: [2.none] | 8: 3.data: waits-for: unknown id '2.none'"
      })
  void ofAStep(String was, String is, String problem) throws IOException {
    tiny.change("steps.yaml", was, is);
    isRefused("steps.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zh: \"行数少\" | zh: \"\" | 3: rows-few: text: needs a text in English and in Chinese",
        "told-by: [rows-none] | told-by: [nothing] | 4: rows-few: told-by: unknown id 'nothing'",
        "step: 3.data | step: 9.none | 4: rows-few: step: unknown id '9.none'",
        "above: 3, | `` | 1: rows-few: a threshold needs 'above' or 'below'",
        "origin: \"sampling\" | origin: \"\" | 1: rows-few: a threshold needs its origin and its reason",
        "reason: \"chance\" | reason: \" \" | 1: rows-few: a threshold needs its origin and its reason",
        "for: {stale-cache: weak} | for: {nothing: weak} | 19: driver-old: found: unknown id 'nothing'",
        "against: {wrong-labels: weak} | against: {nothing: weak} | 20: driver-old: found: unknown id 'nothing'",
        "said: \"driver .* is old\" | variables: {} | 12: driver-old: 'found' needs packages, pairs, variables or said",
        "zh: \"更新。\" | zh: \"\" | 18: driver-old: repairs: needs a text in English and in Chinese",
        "example: \"driver 3 is old\" | example: \"driver 3\" | 13: driver-old: 'said' needs an example that it finds",
        "example: \"driver 3 is old\" | last: false | 13: driver-old: 'said' needs an example that it finds",
        "unlike: \"driver 3 is new\" | unlike: \"my driver 3 is old\" | 13: driver-old: 'said' needs a line that is unlike it, which it does not find",
        "unlike: \"driver 3 is new\" | last: false | 13: driver-old: 'said' needs a line that is unlike it, which it does not find",
        "zh: \"更慢。\" | zh: \"\" | 27: rate-unlike-reference: effect: needs a text in English and in Chinese",
        "seen-as: [rows-few] | seen-as: [nothing] | 28: rate-unlike-reference: seen-as: unknown id 'nothing'",
        "answers: {cached: \"yes\"} | answers: {nothing: \"yes\"} | 31: rate-unlike-reference: answers: unknown id 'nothing'",
        "answers: {cached: \"yes\"} | answers: {cached: \"often\"} | 31: rate-unlike-reference: cached: unknown id 'often'"
      })
  void ofASymptom(String was, String is, String problem) throws IOException {
    tiny.change("symptoms/rows.yaml", was, is);
    isRefused("symptoms/rows.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "step: 3.data | step: 9.none | 2: cache-fresh: step: unknown id '9.none'",
        "causes: [stale-cache] | causes: [nothing] | 3: cache-fresh: causes: unknown id 'nothing'",
        "instead: [table] | instead: [nothing] | 5: cache-fresh: instead: unknown id 'evidence-nothing'",
        "questions: [cached] | questions: [nothing] | 6: cache-fresh: questions: unknown id 'nothing'",
        "settings: [batch-size] | settings: [nothing] | 7: cache-fresh: settings: unknown id 'setting-nothing'",
        "only: [network] | only: [nothing] | 8: cache-fresh: only: unknown id 'trait-nothing'",
        "zh: \"缓存是新的。\" | zh: \"\" | 9: cache-fresh: text: needs a text in English and in Chinese",
        "en: \"Look.\" | en: \"\" | 10: cache-fresh: how: needs a text in English and in Chinese"
      })
  void ofACheck(String was, String is, String problem) throws IOException {
    tiny.change("checks.yaml", was, is);
    isRefused("checks.yaml:" + problem);
  }

  @Test
  void ofEvidenceThatNobodyProvides() throws IOException {
    tiny.change("checks.yaml", "needs: [config]", "needs: [nothing]");
    isRefused(
        "checks.yaml:4: cache-fresh: needs: unknown id 'evidence-nothing'",
        "checks.yaml:4: cache-fresh: nothing provides 'nothing'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gives: [config, table] | gives: [config, nothing] | 3: files: gives: unknown id 'nothing'",
        "zh: \"文件\" | zh: \"\" | 1: files: needs a text in English and in Chinese",
        "en: \"Hand them over.\" | en: \" \" | 1: files: needs a text in English and in Chinese"
      })
  void ofAProvision(String was, String is, String problem) throws IOException {
    tiny.change("provisions.yaml", was, is);
    isRefused("provisions.yaml:" + problem);
  }

  @Test
  void ofATerm() throws IOException {
    tiny.change("terms.yaml", "zh: \"设置\"", "zh: \"\"");
    isRefused("terms.yaml:2: evidence-config: needs a text in English and in Chinese");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "step: 3.data | step: 9.none | 2: cached: step: unknown id '9.none'",
        "zh: \"有缓存吗？\" | zh: \"\" | 5: cached: text: needs a text in English and in Chinese",
        "zh: \"可能陈旧。\" | zh: \"\" | 6: cached: why: needs a text in English and in Chinese",
        "zh: \"查看。\" | zh: \"\" | 7: cached: how: needs a text in English and in Chinese",
        "needs-not: [table] | needs-not: [nothing] | 8: cached: needs-not: unknown id 'evidence-nothing'",
        "for: {stale-cache: strong} | for: {nothing: strong} | 10: cached: yes: unknown id 'nothing'",
        "against: {wrong-labels: weak} | against: {nothing: weak} | 11: cached: no: unknown id 'nothing'",
        "\"no\": {against | \"often\": {against | 11: cached: a yes-no question takes yes and no, not 'often'",
        "range: [1, 100] | topic: data | 12: row-count: a number needs a range of plausible values",
        "range: [1, 100] | range: [100, 1] | 12: row-count: a range is [min, max] of a number, the smaller first; questions.yaml:12: row-count: limit 5.0 lies outside the range; questions.yaml:12: row-count: limit 50.0 lies outside the range",
        "range: [1, 100] | range: [7, 7] | 12: row-count: a range is [min, max] of a number, the smaller first; questions.yaml:12: row-count: limit 5.0 lies outside the range; questions.yaml:12: row-count: limit 50.0 lies outside the range",
        "range: [1, 100] | range: [5.5, 100] | 12: row-count: limit 5.0 lies outside the range",
        "range: [1, 100] | range: [1, 49] | 12: row-count: limit 50.0 lies outside the range",
        "above: {limit: 50} | above: {} | 23: row-count: a number's answers are below and above, each with a limit, not 'above'",
        "above: {limit: 50} | more: {limit: 50} | 23: row-count: a number's answers are below and above, each with a limit, not 'more'",
        "zh: \"磁盘\" | zh: \"\" | 34: data-place: disk: needs a text in English and in Chinese",
        "only-if: {cached: | only-if: {nothing: | 31: data-place: only-if: unknown id 'nothing'",
        "only-if: {cached: [\"yes\"]} | only-if: {cached: [\"often\"]} | 31: data-place: only-if: cached: unknown id 'often'",
        "known-by: {setting: batch-size} | known-by: {} | 20: row-count: known-by: needs a setting or measures",
        "values: {disk: [ssd]} | values: {tape: [ssd]} | 32: data-place: known-by: 'tape' is no answer to the question",
        "values: {disk: [ssd]} | values: {disk: []} | 32: data-place: known-by: no value for 'disk'",
        "keras: \"b()\", | `` | 36: trained-anew: an experiment needs its snippet for keras",
        "keras: \"b()\" | keras: \" \" | 36: trained-anew: an experiment needs its snippet for keras",
        "en: \"The cache.\" | en: \"\" | 45: trained-anew: yes: means: needs a text in English and in Chinese",
        "\"no\": {means: {en: \"Not the cache.\", zh: \"不是缓存。\"}} | \"no\": {} | 46: trained-anew: no: means: needs a text in English and in Chinese"
      })
  void ofAQuestion(String was, String is, String problems) throws IOException {
    tiny.change("questions.yaml", was, is == null ? "" : is);
    isRefused(("questions.yaml:" + problems).split("; "));
  }

  @Test
  void ofARangeOfWhatIsNoNumber() throws IOException {
    tiny.change("questions.yaml", "cost: minutes", "cost: minutes\n  range: [1, 2]");
    isRefused("questions.yaml:1: cached: a range is [min, max] of a number, the smaller first");
  }

  @Test
  void ofAnExperimentWithoutCode() throws IOException {
    tiny.change(
        "questions.yaml",
        "  snippets: {pytorch: \"a()\", keras: \"b()\", mindspore: \"c()\"}\n",
        "");
    isRefused(
        "questions.yaml:36: trained-anew: an experiment needs its snippet for pytorch",
        "questions.yaml:36: trained-anew: an experiment needs its snippet for keras",
        "questions.yaml:36: trained-anew: an experiment needs its snippet for mindspore");
  }

  /** Unknown answers are answers that a file may give; measures do as well as a setting. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "values: {disk: [ssd]} | values: {unknown: [none]}",
        "known-by: {setting: batch-size} | known-by: {measures: [rows]}",
        "range: [1, 100] | range: [5, 50]"
      })
  void whatAQuestionMayHave(String was, String is) throws IOException {
    tiny.change("questions.yaml", was, is);
    assertThat(tiny.read().questions()).hasSize(4);
  }

  @Test
  void ofPages() throws IOException {
    tiny.change("causes/data/stale-cache.md", "## How to confirm", "## How to see it");
    isRefused(
        "causes/data/stale-cache.md:1: no section '## How to confirm'",
        "causes/data/stale-cache.md:1: a page lacks its name, summary, way to confirm or way to"
            + " repair");
    tiny = new Tiny(folder);
    tiny.change("causes/data/stale-cache.zh.md", "如何修复", "修复");
    isRefused(
        "causes/data/stale-cache.zh.md:1: no section '## 如何修复'",
        "causes/data/stale-cache.md:1: a page lacks its name, summary, way to confirm or way to"
            + " repair");
    tiny = new Tiny(folder);
    tiny.change("causes/data/stale-cache.zh.md", "# 缓存过期\n", "");
    isRefused(
        "causes/data/stale-cache.zh.md:1: the page must begin with '# Name' and a sentence",
        "causes/data/stale-cache.md:1: a page lacks its name, summary, way to confirm or way to"
            + " repair");
  }

  @Test
  void ofAPageThatIsMissing() throws IOException {
    Files.delete(folder.resolve("causes/data/wrong-labels.zh.md"));
    isRefused(
        "causes/data/wrong-labels.zh.md:1: missing, each cause needs its Chinese page",
        "causes/data/stale-cache.md:5: leads-to: unknown id 'wrong-labels'",
        "causes/data/stale-cache.md:6: mistaken-for: unknown id 'wrong-labels'",
        "symptoms/rows.yaml:20: driver-old: found: unknown id 'wrong-labels'",
        "symptoms/rows.yaml:30: rate-unlike-reference: difference: unknown id 'wrong-labels'",
        "questions.yaml:11: cached: no: unknown id 'wrong-labels'",
        "questions.yaml:22: row-count: below: unknown id 'wrong-labels'");
  }

  @Test
  void ofAHead() throws IOException {
    tiny.change("causes/data/stale-cache.md", "---\nfamily", "family");
    tiny.change("symptoms/rows.yaml", "for: {stale-cache: weak}", "for: {}");
    tiny.change("symptoms/rows.yaml", "for: {stale-cache: weak}", "for: {}");
    tiny.change("checks.yaml", "causes: [stale-cache]", "causes: []");
    tiny.change("questions.yaml", "for: {stale-cache: strong}", "for: {}");
    isRefused("causes/data/stale-cache.md:1: no front matter between two lines of ---");
  }

  @Test
  void ofTwoPagesOfOneName() throws IOException {
    Path other = Files.createDirectories(folder.resolve("causes/model"));
    for (String page : new String[] {"stale-cache.md", "stale-cache.zh.md"}) {
      Files.copy(folder.resolve("causes/data/" + page), other.resolve(page));
    }
    isRefused(
        "causes/model/stale-cache.md:2: family: data differs from its folder",
        "causes/model/stale-cache.md:1: there is another page of this name");
  }

  @Test
  void ofStepsAndSymptomsThatAreThereTwice() throws IOException {
    tiny.change("steps.yaml", "- id: 3.data", "- id: 1.code");
    Files.copy(folder.resolve("symptoms/rows.yaml"), folder.resolve("symptoms/rows2.yaml"));
    assertThatThrownBy(tiny::read)
        .hasMessageContaining("steps.yaml:1: 1.code: there is another entry of this id")
        .hasMessageContaining("rows2.yaml:1: rows-few: there is another entry of this id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limits.yaml | few-rows: {value: 3, | few-rows: {value: many, | limits.yaml:1: few-rows: value: ",
        "limits.yaml | few-rows: {value: 3, | few-rows: { | limits.yaml:1: few-rows: lacks its value",
        "limits.yaml | few-rows: { | - few-rows: { | limits.yaml:1: a mapping from ids to entries is expected",
        "terms.yaml | trait-network: {en: \"network\", zh: \"网络\"} | trait-network: {en: \"network\", | terms.yaml:5: ",
        "checks.yaml | cache-fresh: | cache-fresh: [ | checks.yaml:3: "
      })
  void ofWhatCannotBeRead(String file, String was, String is, String problem) throws IOException {
    tiny.change(file, was, is);
    assertThatThrownBy(tiny::read)
        .isInstanceOfSatisfying(
            KnowledgeException.class,
            e -> assertThat(e.problems().get(0).replace(folder + "/", "")).startsWith(problem));
  }
}
